/** The web worker itself: `new Worker(new URL('.../live/worker.js', import.meta.url), { type: 'module' })`. */
import type { LiveRequest } from './messages.ts'
import { answerRequests } from './worker-side.ts'

const answer = answerRequests((message) => globalThis.postMessage(message))
globalThis.addEventListener('message', ({ data }: MessageEvent<LiveRequest>) => void answer(data))
