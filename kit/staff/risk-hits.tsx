import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import type { RiskAssessment } from '../api-types.ts'
import { type BothLanguages, useSpeech } from '../language.tsx'
import { useApi } from '../node-context.tsx'
import { defineWords } from '../words.ts'
import { RiskTag } from './case-table.tsx'

const words = defineWords({
  none: { zh: '未命中管控规则', en: 'No control rule was hit' },
  high: {
    zh: '高风险：受理后须经上一级核准才生效',
    en: 'High risk: acceptance takes effect once approved one level up',
  },
  medium: { zh: '中风险：须再次复核', en: 'Medium risk: a second review follows' },
  low: { zh: '低风险：仅作提示', en: 'Low risk: a notice only' },
})

type ControlRule = { code: string; level: string; name: BothLanguages; source: string; assumed: boolean }

/** The control rules that were hit, each with its level, and what the highest level leads to. */
export function RiskHits({ title, risk, service }: { title: string; risk: RiskAssessment; service: string }) {
  const { say } = useSpeech()
  const api = useApi()
  const rules = useQuery({
    queryKey: ['control-rules', service],
    queryFn: () => api.get<{ items: ControlRule[] }>('/registers/control-rules', { service }),
    staleTime: 60_000,
  })
  if (risk.level === null) return <Alert type="info" title={title} description={say(words.none)} />
  const ruleOf = (code: string) => rules.data?.items.find((rule) => rule.code === code)
  return (
    <Alert
      role="alert"
      type={risk.level === 'high' ? 'error' : 'warning'}
      showIcon
      title={`${title} · ${say(words[risk.level])}`}
      description={
        <ul className="staff-problems">
          {risk.hits.map(({ rule, level }) => {
            const known = ruleOf(rule)
            return (
              <li key={rule}>
                <RiskTag level={level} /> {known ? say(known.name) : rule} <span className="staff-quiet">{rule}</span>
              </li>
            )
          })}
        </ul>
      }
    />
  )
}
