import type { ServerResponse } from 'node:http'
import type { ChangeKind } from './changes.ts'

/** An answer that stays open and tells kinds of data as they change (server-sent events). */
export type ChangeStream = {
  tell(kinds: readonly ChangeKind[]): void
  /** Ends it; `isOver`: the page need not come back, its session has ended. */
  end(isOver: boolean): void
}

type Pace = {
  /** Whether whoever listens is still who they were; asked before anything is told, and at every beat. */
  check(): Promise<'same' | 'changed' | 'ended'>
  /** What changes within this time is told at once. */
  gatherMilliseconds: number
  beatMilliseconds: number
  onEnd(): void
}

/** Opens the stream over an answer that has sent nothing yet. */
export function openChangeStream(answer: ServerResponse, headers: Record<string, string>, pace: Pace): ChangeStream {
  const changed = new Set<ChangeKind>()
  let gathering: NodeJS.Timeout | undefined
  let isOpen = true

  const close = () => {
    if (!isOpen) return
    isOpen = false
    clearTimeout(gathering)
    clearInterval(beat)
    pace.onEnd()
  }
  const end = (isOver: boolean) => {
    if (!isOpen) return
    if (isOver) answer.write('event: ended\ndata: []\n\n')
    close()
    answer.end()
  }
  /** Writes nothing to whoever is not signed in any more, or acts as somebody else by now. */
  const write = async (text: () => string) => {
    const found = await pace.check().catch(() => 'changed' as const)
    if (found !== 'same') end(found === 'ended')
    else if (isOpen) answer.write(text())
  }
  const takeChanged = () => {
    const kinds = [...changed]
    changed.clear()
    return `event: changed\ndata: ${JSON.stringify(kinds)}\n\n`
  }
  const beat = setInterval(() => void write(() => ': still here\n\n'), pace.beatMilliseconds)

  answer.on('close', close)
  answer.writeHead(200, { ...headers, 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' })
  answer.write('retry: 3000\n\n')
  return {
    end,
    tell(kinds) {
      for (const kind of kinds) changed.add(kind)
      gathering ??= setTimeout(() => {
        gathering = undefined
        void write(takeChanged)
      }, pace.gatherMilliseconds)
    },
  }
}
