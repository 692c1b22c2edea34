import { useSyncExternalStore } from 'react'
import { useSpeech } from './language.tsx'
import { defineWords } from './words.ts'

const words = defineWords({
  offline: {
    zh: '没有网络。可以接着看和填写，联网后再提交；同一项请求不会被办理两次。',
    en: 'You are offline. Go on reading and filling in, and send once you are connected; the same request is never done twice.',
  },
})

function subscribe(notify: () => void): () => void {
  window.addEventListener('online', notify)
  window.addEventListener('offline', notify)
  return () => {
    window.removeEventListener('online', notify)
    window.removeEventListener('offline', notify)
  }
}

/** Tells, while it is so, that the device has no connection. */
export function OfflineNote() {
  const { say } = useSpeech()
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine)
  return (
    <div role="status">
      {!isOnline && <p className="kit-note kit-note-warning kit-offline">{say(words.offline)}</p>}
    </div>
  )
}
