import { type FormEvent, type ReactNode, useState } from 'react'
import { TextField } from './fields.tsx'
import { type BothLanguages, useSpeech } from './language.tsx'
import { ProblemNote } from './states.tsx'
import { defineWords } from './words.ts'

const words = defineWords({
  login: { zh: '账号', en: 'Login' },
  password: { zh: '密码', en: 'Password' },
})

type PasswordFormProps = {
  /** What stands in the field of the login first. */
  login?: string
  submitLabel: BothLanguages
  isPending: boolean
  error: Error | null
  onSubmit: (credentials: { login: string; password: string }) => void
  /** Beside the button. */
  children?: ReactNode
}

/** Proving who one is by login and password. */
export function PasswordForm({
  login: first = '',
  submitLabel,
  isPending,
  error,
  onSubmit,
  children,
}: PasswordFormProps) {
  const { say } = useSpeech()
  const [login, setLogin] = useState(first)
  const [password, setPassword] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit({ login, password })
  }
  return (
    <form onSubmit={submit}>
      <TextField label={say(words.login)} required autoComplete="username" value={login} onChange={setLogin} />
      <TextField
        label={say(words.password)}
        required
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
      {error && <ProblemNote error={error} />}
      <div className="kit-actions">
        <button type="submit" className="kit-button kit-button-primary" disabled={isPending}>
          {say(submitLabel)}
        </button>
        {children}
      </div>
    </form>
  )
}
