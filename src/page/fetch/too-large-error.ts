import { PageError } from "../../contract/app-error.ts";

export function tooLargeError(maxBytes: number): PageError {
  return new PageError("UNPROCESSABLE_CONTENT", {
    message: `The page is larger than ${maxBytes} bytes.`,
    details: { reason: "too_large", max_bytes: String(maxBytes) },
  });
}
