import { useSpeech } from './language.tsx'
import { usePrinting } from './paper.ts'
import { commonWords } from './words.ts'

/** Puts the page on paper, with all that stands folded. */
export function PrintButton() {
  const { say } = useSpeech()
  const { isPreparing, print } = usePrinting()
  return (
    <button type="button" className="kit-button" disabled={isPreparing} onClick={() => void print()}>
      {say(isPreparing ? commonWords.loading : commonWords.print)}
    </button>
  )
}
