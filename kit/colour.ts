import { useSyncExternalStore } from 'react'
import { readCookie, writeCookie } from './api.ts'

const device = () => window.matchMedia('(prefers-color-scheme: dark)')
const changed = 'tongban:colour'

/** Dark where the reader chose so, else as the device is set. */
function isDark(): boolean {
  const chosen = readCookie('colour')
  return chosen === undefined || chosen === '' ? device().matches : chosen === 'dark'
}

/** Puts the choice on the page, before anything is drawn and whenever the device changes. The style sheet follows `data-colour`. */
export function followColour(): void {
  const put = () => {
    document.documentElement.dataset.colour = isDark() ? 'dark' : 'light'
    window.dispatchEvent(new Event(changed))
  }
  device().addEventListener('change', put)
  put()
}

function subscribe(notify: () => void): () => void {
  window.addEventListener(changed, notify)
  return () => window.removeEventListener(changed, notify)
}

/** Light or dark pages, and the switch between them. Kept on the device. */
export function useColour(): { isDark: boolean; toggle(): void } {
  const dark = useSyncExternalStore(subscribe, isDark)
  return {
    isDark: dark,
    toggle() {
      writeCookie('colour', dark ? 'light' : 'dark')
      document.documentElement.dataset.colour = dark ? 'light' : 'dark'
      window.dispatchEvent(new Event(changed))
    },
  }
}
