import { useQuery } from '@tanstack/react-query'
import { useSpeech } from '../language.tsx'
import type { Teller } from '../messages.ts'
import { useApi } from '../node-context.tsx'
import { type MessageParams, renderSentence } from '../sentence.ts'

type Sentences = Record<string, string>

/** Tells codes of every service, for books and messages that belong to none in particular. Codes of services do not clash there. */
export function useEveryTeller(): Teller {
  const api = useApi()
  const { language } = useSpeech()
  const { data } = useQuery({
    queryKey: ['messages', language],
    queryFn: () => api.get<{ house: Sentences; services: Record<string, Sentences> }>(`/messages/${language}`),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const find = (code: string, params: MessageParams = {}) => {
    const owner = Object.values(data?.services ?? {}).find((sentences) => sentences[code] !== undefined)
    const sentence = owner?.[code] ?? data?.house[code]
    return sentence === undefined ? undefined : renderSentence(sentence, params, language)
  }
  return { find, tell: (code, params) => find(code, params) ?? (data ? code : '') }
}
