import { Component, type ReactNode, Suspense, useEffect, useState } from 'react'
import { forgetFailures, lookForRenewal } from './fetched.tsx'
import { useSpeech } from './language.tsx'
import { commonWords, defineWords } from './words.ts'

const words = defineWords({
  lost: { zh: '这一页没有读到', en: 'This page could not be fetched' },
  lostAdvice: {
    zh: '可能是网络断了，也可能是系统刚刚更新。请检查网络后再试；已经提交的内容不受影响。',
    en: 'The connection may be gone, or the product was just renewed. Check the connection and try again; what you sent is safe.',
  },
  tryAgain: { zh: '再试一次', en: 'Try again' },
})

type LaterProps = {
  /** Another one begins anew: what could not be fetched for one page says nothing of the next. */
  place: string
  /** Shown while the code is fetched. */
  meanwhile: ReactNode
  children: ReactNode
  /** It stands within a page on which somebody may have typed: the page is never opened again by itself for its sake. */
  isWithinPage?: true
}

/**
 * Around what is fetched when it is first shown: that it is being fetched, and where it could not be, what one can do. A page of a product that was
 * renewed meanwhile is opened again by itself, once.
 */
export function Later({ place, meanwhile, children, isWithinPage }: LaterProps) {
  return (
    <Boundary key={place} isPage={isWithinPage !== true}>
      <Suspense fallback={meanwhile}>{children}</Suspense>
    </Boundary>
  )
}

type BoundaryState = { error: Error | null; tries: number }

class Boundary extends Component<{ children: ReactNode; isPage: boolean }, BoundaryState> {
  override state: BoundaryState = { error: null, tries: 0 }

  static getDerivedStateFromError(error: Error): Partial<BoundaryState> {
    return { error }
  }

  private readonly tryAgain = () => {
    forgetFailures()
    this.setState(({ tries }) => ({ error: null, tries: tries + 1 }))
  }

  override render() {
    const { error, tries } = this.state
    if (error === null) return this.props.children
    // A defect of a page is not the connection's fault, and is not said to be.
    if (!isFetchFailure(error)) throw error
    return <Lost isPage={this.props.isPage} hasTried={tries > 0} onAgain={this.tryAgain} />
  }
}

/** Browsers word it differently; each names the module that was to be imported dynamically. */
function isFetchFailure({ message }: Error): boolean {
  return /dynamically imported module|importing a module script|preload CSS/i.test(message)
}

function Lost({ isPage, hasTried, onAgain }: { isPage: boolean; hasTried: boolean; onAgain: () => void }) {
  const { say } = useSpeech()
  const [isTrying, setTrying] = useState(false)
  useEffect(() => {
    if (isPage) void openRenewed()
  }, [isPage])
  const tryAgain = async () => {
    setTrying(true)
    const renewal = await lookForRenewal()
    // Some browsers keep what they could not fetch for as long as the page is open.
    if (renewal.is === 'renewed' || (renewal.is === 'same' && hasTried)) window.location.reload()
    else onAgain()
  }
  return (
    <div className="kit-note kit-note-problem" role="alert">
      <p className="kit-note-title">{say(words.lost)}</p>
      <p>
        <strong>{say(commonWords.whatYouCanDo)}</strong> {say(words.lostAdvice)}
      </p>
      <button type="button" className="kit-button" disabled={isTrying} onClick={() => void tryAgain()}>
        {say(words.tryAgain)}
      </button>
    </div>
  )
}

const renewedKey = 'renewed'

/** Opens the page again where the product was renewed; once for each build, so that a page that is lost in that one too is not opened for ever. */
async function openRenewed(): Promise<void> {
  const renewal = await lookForRenewal()
  if (renewal.is !== 'renewed' || sessionStorage.getItem(renewedKey) === renewal.entry) return
  sessionStorage.setItem(renewedKey, renewal.entry)
  window.location.reload()
}
