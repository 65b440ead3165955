/** Formats that the vendor's clients know: they refuse a whole page over an unknown one. */
export const VENDOR_FORMATS = ["markdown", "html"] as const;
/** Ours besides; answers list them in `extra_formats`. */
export const EXTRA_FORMATS = ["text", "content_html"] as const;
export const FORMATS = [...VENDOR_FORMATS, ...EXTRA_FORMATS] as const;

export type VendorFormat = (typeof VENDOR_FORMATS)[number];
export type ExtraFormat = (typeof EXTRA_FORMATS)[number];
export type Format = (typeof FORMATS)[number];

export function isVendorFormat(format: Format): format is VendorFormat {
  return format === "markdown" || format === "html";
}

export function isExtraFormat(format: Format): format is ExtraFormat {
  return !isVendorFormat(format);
}
