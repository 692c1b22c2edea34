import type { FastifyRequest } from 'fastify'
import type { Language } from '../../ground/door.ts'

/** The reader's language: the `lang` cookie, else the first of the two that `Accept-Language` names, else Chinese. */
export function languageOf(request: FastifyRequest): Language {
  const chosen = request.cookies.lang
  if (chosen === 'zh' || chosen === 'en') return chosen
  const wished = (request.headers['accept-language'] ?? '')
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase())
  return wished.find((language) => language === 'zh' || language === 'en') === 'en' ? 'en' : 'zh'
}
