import { useEffect, useState } from 'react'
import { readCookie, writeCookie } from './api.ts'

/**
 * Large-type mode (适老化, GB/T 37668): text at least 18 px, targets at least 60 px. Kept on the device; the style sheet follows the attribute
 * `data-type` of the page.
 */
export function useTypeSize(): { isLarge: boolean; toggle(): void } {
  const [isLarge, setLarge] = useState(() => readCookie('type') === 'large')
  useEffect(() => {
    document.documentElement.dataset.type = isLarge ? 'large' : 'normal'
  }, [isLarge])
  return {
    isLarge,
    toggle() {
      writeCookie('type', isLarge ? 'normal' : 'large')
      setLarge(!isLarge)
    },
  }
}
