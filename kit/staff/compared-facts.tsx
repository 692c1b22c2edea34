import { Tag } from 'antd'
import type { ReactNode } from 'react'
import { useSpeech } from '../language.tsx'
import { defineWords } from '../words.ts'
import { FactList } from './fact-list.tsx'

const words = defineWords({
  title: { zh: '申请与登记簿逐项对照', en: 'The application held against the registers' },
  equal: { zh: '一致', en: 'equal' },
  different: { zh: '不一致', en: 'different' },
  silent: { zh: '登记簿没有记载', en: 'not registered' },
  registered: { zh: '登记簿：{value}', en: 'Registered: {value}' },
})

/** What an application says beside what the registers say of the same; `why`: what follows from it, and since when the register has it. */
export type ComparedFact = {
  label: string
  declared: string
  /** Null where the registers say nothing of it. */
  registered: string | null
  isEqual: boolean
  why?: ReactNode
}

const colours = { equal: 'success', different: 'error', silent: 'warning' } as const

/** Row by row: declared, registered, whether both say the same, and what that means. */
export function ComparedFacts({ facts }: { facts: readonly ComparedFact[] }) {
  const { say } = useSpeech()
  if (facts.length === 0) return null
  return (
    <FactList
      title={say(words.title)}
      columns={1}
      facts={facts.map(({ label, declared, registered, isEqual, why }) => {
        const mark = registered === null ? 'silent' : isEqual ? 'equal' : 'different'
        return {
          label,
          value: (
            <>
              <div>
                {declared} <Tag color={colours[mark]}>{say(words[mark])}</Tag>
              </div>
              {registered !== null && <div>{say(words.registered, { value: registered })}</div>}
              {why && <div className="staff-quiet">{why}</div>}
            </>
          ),
        }
      })}
    />
  )
}
