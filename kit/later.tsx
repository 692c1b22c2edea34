import { Component, type ReactNode, Suspense } from 'react'
import { useSpeech } from './language.tsx'
import { commonWords, defineWords } from './words.ts'

const words = defineWords({
  lost: { zh: '这一页没有读到', en: 'This page could not be fetched' },
  lostAdvice: {
    zh: '可能是网络断了，也可能是系统刚刚更新。请检查网络后重新打开；已经提交的内容不受影响。',
    en: 'The connection may be gone, or the product was just renewed. Check the connection and open it again; what you sent is safe.',
  },
  openAgain: { zh: '重新打开', en: 'Open again' },
})

type LaterProps = {
  /** Another one begins anew: what could not be fetched for one page says nothing of the next. */
  place: string
  /** Shown while the code is fetched. */
  meanwhile: ReactNode
  children: ReactNode
}

/** Around what is fetched when it is first shown: that it is being fetched, and where it could not be, what one can do. */
export function Later({ place, meanwhile, children }: LaterProps) {
  return (
    <Boundary key={place}>
      <Suspense fallback={meanwhile}>{children}</Suspense>
    </Boundary>
  )
}

type BoundaryState = { error: Error | null }

class Boundary extends Component<{ children: ReactNode }, BoundaryState> {
  override state: BoundaryState = { error: null }

  static getDerivedStateFromError(error: Error): BoundaryState {
    return { error }
  }

  override render() {
    const { error } = this.state
    if (error === null) return this.props.children
    // A defect of a page is not the connection's fault, and is not said to be.
    if (!isFetchFailure(error)) throw error
    return <Lost />
  }
}

/** Browsers word it differently; each names the module that was to be imported dynamically. */
function isFetchFailure({ message }: Error): boolean {
  return /dynamically imported module|importing a module script|preload CSS/i.test(message)
}

function Lost() {
  const { say } = useSpeech()
  return (
    <div className="kit-note kit-note-problem" role="alert">
      <p className="kit-note-title">{say(words.lost)}</p>
      <p>
        <strong>{say(commonWords.whatYouCanDo)}</strong> {say(words.lostAdvice)}
      </p>
      <button type="button" className="kit-button" onClick={() => window.location.reload()}>
        {say(words.openAgain)}
      </button>
    </div>
  )
}
