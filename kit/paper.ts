import { useQueryClient } from '@tanstack/react-query'
import { useState, useSyncExternalStore } from 'react'

const changed = 'tongban:paper'
/** What stood folded on the screen and is unfolded on paper. */
const unfolded = new Set<HTMLDetailsElement>()
let isOnPaper = false

function layOut(): void {
  for (const folded of document.querySelectorAll<HTMLDetailsElement>(
    'main details:not([open]), #main details:not([open])',
  )) {
    folded.open = true
    unfolded.add(folded)
  }
  isOnPaper = true
  window.dispatchEvent(new Event(changed))
}

function takeBack(): void {
  for (const each of unfolded) each.open = false
  unfolded.clear()
  isOnPaper = false
  window.dispatchEvent(new Event(changed))
}

/** However a page is printed, what is folded on the screen can be read on paper, and is folded again afterwards. */
export function unfoldOnPaper(): void {
  window.addEventListener('beforeprint', layOut)
  window.addEventListener('afterprint', takeBack)
}

function subscribe(notify: () => void): () => void {
  window.addEventListener(changed, notify)
  return () => window.removeEventListener(changed, notify)
}

/** Whether the page is being laid out for paper: what is shown in turns on the screen stands one below the other there. */
export function useOnPaper(): boolean {
  return useSyncExternalStore(subscribe, () => isOnPaper)
}

/** How often what the paper still waits for is looked at, and after how many looks it is printed as it is. */
const look = { milliseconds: 50, timesMax: 100 }

/** Prints the page: unfolds it first, and waits until what is read only when unfolded has come. */
export function usePrinting(): { isPreparing: boolean; print(): Promise<void> } {
  const queries = useQueryClient()
  const [isPreparing, setPreparing] = useState(false)
  return {
    isPreparing,
    async print() {
      setPreparing(true)
      // Twice: what an unfolded part has read may have folded parts of its own.
      for (const _ of ['unfolded', 'read']) {
        layOut()
        for (let looks = 0; looks < look.timesMax; looks++) {
          await new Promise((resolve) => setTimeout(resolve, look.milliseconds))
          if (queries.isFetching() === 0) break
        }
      }
      setPreparing(false)
      window.print()
    },
  }
}
