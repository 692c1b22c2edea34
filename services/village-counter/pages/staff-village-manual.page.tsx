import { useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useState } from 'react'
import { defineWords, type ServicePage, useApi, useSpeech, useTeller } from '../../../kit/door.ts'
import { DataTable, FactList, Loaded, RiskTag, StaffPage } from '../../../kit/staff/door.ts'
import { type Guide, type ListedRule, matters, serviceId, villageWords } from './words.ts'

const words = defineWords({
  title: { zh: '村级业务经办指引', en: 'Manual of village counters' },
  summary: {
    zh: '由流程、现行数值和管控规则生成，与系统办理一致。',
    en: 'Made of the flow, the values in force and the control rules, so it is what the system does.',
  },
  rule: { zh: '管控规则', en: 'Control rule' },
  levelOf: { zh: '级别', en: 'Level' },
  by: { zh: '谁核对', en: 'Looked at by' },
  registers: { zh: '系统比对', en: 'the system' },
  operator: { zh: '经办员', en: 'the operator' },
})

/** The manual for operators (B3.06) with the control rules of each matter (B3.09). */
export const page: ServicePage = {
  id: 'village-manual',
  title: words.title,
  summary: words.summary,
  roles: ['village_operator', 'township_checker', 'review', 'approve', 'supervisor', 'control'],
  order: 60,
  path: '/village/manual',
  Component: ManualPage,
}

function ManualPage() {
  const api = useApi()
  const { say } = useSpeech()
  const { tell } = useTeller(serviceId)
  const [matter, setMatter] = useState<string>(matters[0])
  const manual = useQuery({
    queryKey: ['village manual', matter],
    queryFn: () => api.get<{ guide: Guide; rules: ListedRule[] }>(`/services/${serviceId}/manuals/${matter}`),
  })
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      <Segmented
        value={matter}
        onChange={setMatter}
        options={matters.map((value) => ({ value, label: tell(`choices.${value}`) }))}
      />
      <Loaded query={manual}>
        {({ guide: { steps, reviewWorkingDays, limits }, rules }) => (
          <>
            <FactList
              columns={1}
              facts={[
                { label: say(villageWords.who), value: tell(`guide.${matter}.who`) },
                { label: say(villageWords.bring), value: tell(`guide.${matter}.bring`) },
                { label: say(villageWords.steps), value: steps.map(({ title }) => say(title)).join(' → ') },
                {
                  label: say(villageWords.rules),
                  value: [
                    ...limits.map(({ name, value }) => tell(`limits.${name}`, { count: value })),
                    reviewWorkingDays === 0
                      ? say(villageWords.atOnce)
                      : say(villageWords.days, { count: reviewWorkingDays }),
                  ].join(' · '),
                },
              ]}
            />
            <DataTable
              rowKey="code"
              dataSource={rules}
              columns={[
                { title: say(words.levelOf), render: (_, { level }) => <RiskTag level={level} /> },
                { title: say(words.rule), render: (_, { name }) => say(name) },
                {
                  title: say(words.by),
                  render: (_, { by }) => say(by === 'registers' ? words.registers : words.operator),
                },
              ]}
            />
          </>
        )}
      </Loaded>
    </StaffPage>
  )
}
