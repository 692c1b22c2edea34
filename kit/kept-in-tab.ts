const prefix = 'kept:'

/** Keeps something in this tab until it is closed or somebody signs in, out or acts as another: what a reload must not lose. Never leaves the device. */
export function keepInTab(name: string, value: unknown): void {
  try {
    sessionStorage.setItem(prefix + name, JSON.stringify(value))
  } catch {
    // A device that keeps nothing loses it at a reload, and nothing else.
  }
}

/** What was kept under a name, to be parsed; undefined where there is nothing. */
export function findInTab(name: string): unknown {
  try {
    const kept = sessionStorage.getItem(prefix + name)
    return kept === null ? undefined : JSON.parse(kept)
  } catch {
    return undefined
  }
}

/** Forgets everything that was kept. */
export function forgetTab(): void {
  try {
    const names = Object.keys(sessionStorage).filter((name) => name.startsWith(prefix))
    for (const name of names) sessionStorage.removeItem(name)
  } catch {
    // Nothing was kept.
  }
}
