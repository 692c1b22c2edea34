import { useSpeech } from './language.tsx'
import { usePasskeysHere } from './passkeys.ts'
import { ProblemNote } from './states.tsx'
import { defineWords } from './words.ts'

const words = defineWords({
  signIn: { zh: '用通行密钥登录', en: 'Sign in with a passkey' },
  help: {
    zh: '指纹、人脸或屏幕密码，不用记密码。先登录一次，在“登录与安全”里登记。',
    en: 'Your finger, face or screen lock; no password to remember. Sign in once and register it under "Sign-in and security".',
  },
})

type PasskeyButtonProps = { isPending: boolean; error: Error | null; onSignIn: () => void }

/** Signing in by passkey; nothing where there are none. */
export function PasskeyButton({ isPending, error, onSignIn }: PasskeyButtonProps) {
  const { say } = useSpeech()
  if (!usePasskeysHere()) return null
  return (
    <div className="kit-passkey">
      <button type="button" className="kit-button" disabled={isPending} onClick={onSignIn}>
        {say(words.signIn)}
      </button>
      <p className="kit-quiet">{say(words.help)}</p>
      {error && <ProblemNote error={error} />}
    </div>
  )
}
