import { useQuery } from '@tanstack/react-query'
import { Select, Tabs, Tag } from 'antd'
import { type AnswerOf, defineWords, go, Link, useApi, usePlace, useRegionsUnder, useSpeech } from '../../kit/door.ts'
import { Loaded, StaffPage } from '../../kit/staff/door.ts'
import { FigureList } from './targets-figures.tsx'
import { TargetList } from './targets-list.tsx'

const words = defineWords({
  title: { zh: '目标与数据', en: 'Targets and figures' },
  summary: {
    zh: '报道中的目标和统计数据，各按原文的比较方式和说法显示：“约”只作参考，“超、余、近”不作精确数。推算值随时计算，不存为数据。',
    en: 'The targets and figures of the texts, each compared and told as the text does: "about" is information only, "more than" and "nearly" are never shown as exact. What is derived is calculated and kept nowhere.',
  },
  lists: { zh: '导入与更正', en: 'Import and correct' },
  targets: { zh: '目标', en: 'Targets' },
  figures: { zh: '统计数据', en: 'Figures' },
  allRegions: { zh: '全部地区', en: 'All regions' },
  region: { zh: '地区', en: 'Region' },
  only: { zh: '只看 {requirement}', en: 'Only {requirement}' },
  noTargets: {
    zh: '这里没有目标。请换一个地区，或导入目标清单。',
    en: 'No targets here. Choose another region, or import the list of targets.',
  },
})

/** Targets with their progress, and figures with their qualifiers; `?requirement=C7` shows what belongs to one system. */
export function TargetsPage() {
  const { say } = useSpeech()
  const api = useApi()
  const { query } = usePlace()
  const requirement = query.get('requirement') ?? undefined
  const region = query.get('region') ?? undefined
  const provinces = useRegionsUnder('000000')
  const asked = { requirement, region }
  const targets = useQuery({
    queryKey: ['targets', asked],
    queryFn: () => api.get<AnswerOf<'GET /registers/targets'>>('/registers/targets', asked),
  })
  const figures = useQuery({
    queryKey: ['figures', asked],
    queryFn: () => api.get<AnswerOf<'GET /registers/figures'>>('/registers/figures', asked),
  })
  const choose = (changed: { region?: string | undefined; requirement?: string | undefined }) =>
    go(addressOfPage({ region, requirement, ...changed }))
  return (
    <StaffPage
      title={say(words.title)}
      summary={say(words.summary)}
      actions={<Link to="/lists">{say(words.lists)}</Link>}
    >
      <div className="staff-filters">
        <Select
          aria-label={say(words.region)}
          value={region ?? ''}
          onChange={(chosen) => choose({ region: chosen === '' ? undefined : chosen })}
          showSearch={{ optionFilterProp: 'label' }}
          options={[
            { value: '', label: say(words.allRegions) },
            ...(provinces.data ?? []).map(({ code, name }) => ({ value: code, label: say(name) })),
          ]}
          style={{ minWidth: 200 }}
        />
        {requirement !== undefined && (
          <Tag closable onClose={() => choose({ requirement: undefined })}>
            {say(words.only, { requirement })}
          </Tag>
        )}
      </div>
      <Tabs
        items={[
          {
            key: 'targets',
            label: say(words.targets),
            children: (
              <Loaded query={targets} isEmpty={({ items }) => items.length === 0} emptyText={say(words.noTargets)}>
                {({ items }) => <TargetList targets={items} />}
              </Loaded>
            ),
          },
          {
            key: 'figures',
            label: say(words.figures),
            children: <Loaded query={figures}>{(answer) => <FigureList {...answer} />}</Loaded>,
          },
        ]}
      />
    </StaffPage>
  )
}

function addressOfPage(asked: Record<string, string | undefined>): string {
  const said = Object.entries(asked).filter((each): each is [string, string] => each[1] !== undefined)
  return said.length === 0 ? '/targets' : `/targets?${new URLSearchParams(said)}`
}
