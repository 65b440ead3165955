/** Something that a crash may never do. */
export interface Fault {
  /** `lost`: what was answered is not there; `doubled`: it is there twice; `wrong`: it is not what was promised. */
  readonly kind: "lost" | "doubled" | "wrong";
  readonly what: string;
}

export function faultIf(isFault: boolean, kind: Fault["kind"], what: string): Fault[] {
  return isFault ? [{ kind, what }] : [];
}
