import { useQuery } from '@tanstack/react-query'
import type { AnswerOf } from './api-types.ts'
import { useSpeech } from './language.tsx'
import { useApi } from './node-context.tsx'
import { type MessageParams, renderSentence } from './sentence.ts'

/** Tells what the node says in codes, by the sentences of a service (first) and of the house. */
export type Teller = {
  /** The sentence of a code; the code itself where none is written, so that nothing is silently empty. */
  tell(code: string, params?: MessageParams): string
  /** The sentence of a code, if one is written. */
  find(code: string, params?: MessageParams): string | undefined
}

/** The teller of a service's codes (`service`: its id), in the reader's language. Empty sentences until they are loaded. */
export function useTeller(service?: string): Teller {
  const api = useApi()
  const { language } = useSpeech()
  const { data } = useQuery({
    queryKey: ['messages', language],
    queryFn: () => api.get<AnswerOf<'GET /messages/{language}'>>(`/messages/${language}`),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const own = service === undefined ? undefined : data?.services[service]
  const find = (code: string, params: MessageParams = {}) => {
    const sentence = own?.[code] ?? data?.house[code]
    return sentence === undefined ? undefined : renderSentence(sentence, params, language)
  }
  return { find, tell: (code, params) => find(code, params) ?? (data ? code : '') }
}
