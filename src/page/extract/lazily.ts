type Readers<Values> = { readonly [Name in keyof Values]: () => Values[Name] };

/** An object whose values are read when they are first asked for, and then kept. */
export function lazily<Values extends object>(readers: Readers<Values>): Values {
  const values = {};
  for (const [name, read] of Object.entries<() => unknown>(readers)) {
    Object.defineProperty(values, name, {
      enumerable: true,
      configurable: true,
      get() {
        const value = read();
        Object.defineProperty(values, name, { enumerable: true, value });
        return value;
      },
    });
  }
  // Each name of the readers has just been given its value's getter.
  return values as Values;
}
