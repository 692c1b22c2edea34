const idleAfterMilliseconds = 120_000

let lastInputAt = performance.now()

if (typeof document !== 'undefined') {
  const noteInput = () => {
    lastInputAt = performance.now()
  }
  for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchmove'])
    document.addEventListener(kind, noteInput, { capture: true, passive: true })
}

/**
 * True where nobody has touched the page for two minutes: what it asks then it asks by itself, and says so, so that an office's page that keeps
 * itself up to date keeps nobody signed in who has gone.
 */
export function isUnattended(): boolean {
  return performance.now() - lastInputAt > idleAfterMilliseconds
}
