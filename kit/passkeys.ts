import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  WebAuthnError,
} from '@simplewebauthn/browser'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type Api, ApiProblem } from './api.ts'
import type { AnswerOf } from './api-types.ts'
import { type Speech, useSpeech } from './language.tsx'
import { useApi } from './node-context.tsx'
import { defineWords } from './words.ts'

const words = defineWords({
  notUsed: { zh: '没有完成验证，没有任何改动', en: 'It was not confirmed; nothing has changed' },
  notUsedAdvice: {
    zh: '可能是取消了、超时了，或者这台设备上没有本站的通行密钥。可以再试一次，或用密码登录。',
    en: 'It was cancelled, took too long, or this device has no passkey of this site. Try again, or use a password.',
  },
  knownHere: { zh: '这台设备已经登记过', en: 'This device is registered already' },
  knownHereAdvice: {
    zh: '直接用它登录即可，也可以换一台设备登记。',
    en: 'Sign in with it, or register another device.',
  },
})

const securityKey = ['my security']

/** A user's ways to sign in, as `useSecurity` reads them. */
export type Security = AnswerOf<'GET /me/security'>

/** The signed-in user's ways to sign in and what happened to them. */
export function useSecurity() {
  const api = useApi()
  return useQuery({ queryKey: securityKey, queryFn: () => api.get<Security>('/me/security') })
}

/** True where this node has passkeys, the page stands at the address they are bound to, and the browser can use them. */
export function usePasskeysHere(): boolean {
  const api = useApi()
  const ways = useQuery({
    queryKey: ['ways to sign in'],
    queryFn: () => api.get<AnswerOf<'GET /session/ways'>>('/session/ways'),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return ways.data?.passkeysAt === window.location.origin && 'PublicKeyCredential' in window
}

/** Adding a passkey of a name, and taking one away. */
export function usePasskeyChanges() {
  const api = useApi()
  const speech = useSpeech()
  const queries = useQueryClient()
  const onSettled = () => queries.invalidateQueries({ queryKey: securityKey })
  return {
    add: useMutation({ mutationFn: (name: string) => addPasskey(api, name, speech), onSettled }),
    remove: useMutation({ mutationFn: (passkeyId: string) => api.delete(`/me/passkeys/${passkeyId}`), onSettled }),
  }
}

async function addPasskey(api: Api, name: string, speech: Speech): Promise<void> {
  const optionsJSON = await api.post<PublicKeyCredentialCreationOptionsJSON>('/me/passkeys/options', {})
  const { startRegistration } = await import('@simplewebauthn/browser')
  const response = await toldPlainly(startRegistration({ optionsJSON }), speech)
  await api.post('/me/passkeys', { name, response })
}

/** Lets the browser's owner choose a passkey, and begins a session with it. Throws `ApiProblem`. */
export async function signInByPasskey(api: Api, speech: Speech): Promise<void> {
  const optionsJSON = await api.post<PublicKeyCredentialRequestOptionsJSON>('/session/passkey/options', {})
  const { startAuthentication } = await import('@simplewebauthn/browser')
  const response = await toldPlainly(startAuthentication({ optionsJSON }), speech)
  await api.post('/session/passkey', response)
}

/** What the browser or its owner did not do, as a problem with what one can do. */
async function toldPlainly<Made>(asked: Promise<Made>, { say }: Speech): Promise<Made> {
  try {
    return await asked
  } catch (error) {
    const [detail, advice] = isKnownHere(error)
      ? [words.knownHere, words.knownHereAdvice]
      : [words.notUsed, words.notUsedAdvice]
    throw new ApiProblem({ title: '', status: 0, code: 'passkey_not_used', detail: say(detail), advice: say(advice) })
  }
}

function isKnownHere(error: unknown): boolean {
  const code: WebAuthnError['code'] = 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED'
  return error instanceof Error && 'code' in error && error.code === code
}
