const idleAfterMilliseconds = 120_000

let isIdle = false
let idle: number | undefined

function noteInput(): void {
  isIdle = false
  window.clearTimeout(idle)
  idle = window.setTimeout(() => {
    isIdle = true
  }, idleAfterMilliseconds)
}

if (typeof document !== 'undefined') {
  for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchmove'])
    document.addEventListener(kind, noteInput, { capture: true, passive: true })
  noteInput()
}

/**
 * True where nobody has touched the page for two minutes: what it asks then it asks by itself, and says so, so that an office's page that keeps
 * itself up to date keeps nobody signed in who has gone.
 */
export function isUnattended(): boolean {
  return isIdle
}
