import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { readCookie, writeCookie } from './api.ts'
import { formatDate, formatInstant, formatYuan } from './formats.ts'
import { type MessageParams, renderSentence } from './sentence.ts'

/** The two languages of every page. */
export type Language = 'zh' | 'en'

/** A word or sentence in both languages, from a page's own table or from the server. */
export type BothLanguages = { readonly zh: string; readonly en: string }

/** How a page says things in the reader's language. */
export type Speech = {
  language: Language
  switchTo(language: Language): void
  /** A text in the reader's language; `{name}` is replaced by the parameter in the form its unit suffix says (`amountFen`, `untilOn`). */
  say(text: BothLanguages, params?: MessageParams): string
  /** `40,000.00 元` or `CNY 40,000.00`. */
  yuan(amountFen: number | string): string
  /** `2026年3月1日` or `1 Mar 2026`; a dash for none. */
  day(date: string | null): string
  /** A day with the time in Shanghai. */
  moment(instant: string): string
}

const SpeechContext = createContext<Speech | undefined>(undefined)

/** The language a page starts in: Chinese, until the reader switches. Many a counter's browser was set up in English and never changed. */
function firstLanguage(): Language {
  const language = readCookie('lang') === 'en' ? 'en' : 'zh'
  // The server would else follow the browser's own language and answer in another one than the page's.
  writeCookie('lang', language)
  return language
}

/** Holds the reader's language: in a cookie that the server reads too, and in the `lang` attribute for screen readers. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(firstLanguage)
  const queries = useQueryClient()
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
    writeCookie('lang', language)
  }, [language])
  const speech = useMemo<Speech>(
    () => ({
      language,
      switchTo(next) {
        writeCookie('lang', next)
        setLanguage(next)
        // Problems and messages come from the server in the language of the cookie.
        void queries.invalidateQueries()
      },
      say: (text, params = {}) => renderSentence(text[language], params, language),
      yuan: (amountFen) => formatYuan(amountFen, language),
      day: (date) => (date === null ? '—' : formatDate(date, language)),
      moment: (instant) => formatInstant(instant, language),
    }),
    [language, queries],
  )
  return <SpeechContext value={speech}>{children}</SpeechContext>
}

/** The reader's language and how to say things in it. */
export function useSpeech(): Speech {
  const speech = useContext(SpeechContext)
  if (!speech) throw new Error('useSpeech outside LanguageProvider')
  return speech
}
