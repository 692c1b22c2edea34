import { Tag } from 'antd'
import type { ReactNode } from 'react'
import { defineWords, useSpeech } from '../../../kit/door.ts'
import type { Finding } from './words.ts'

const words = defineWords({ flagged: { zh: '疑点涉及', en: 'in a finding' } })

/** Marks a record or a person on which a finding stands. */
export type Marks = (id: string) => ReactNode

/** The marks of a class's findings. */
export function useMarks(findings: readonly Finding[]): Marks {
  const { say } = useSpeech()
  const flagged = new Set(
    findings.flatMap(({ evidence, personIds }) => [...evidence.map(({ id }) => id), ...personIds]),
  )
  return (id) => (flagged.has(id) ? <Tag color="orange">{say(words.flagged)}</Tag> : null)
}
