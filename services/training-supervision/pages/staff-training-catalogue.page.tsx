import { useQuery } from '@tanstack/react-query'
import { Button, Tag } from 'antd'
import { useState } from 'react'
import {
  defineWords,
  findRuling,
  formatRatePpm,
  type ServicePage,
  useAction,
  useApi,
  useSignedIn,
  useSpeech,
  useTeller,
} from '../../../kit/door.ts'
import { DataTable, FactList, Loaded, ProblemAlert, StaffPage } from '../../../kit/staff/door.ts'
import { DemandPart } from './catalogue-demand.tsx'
import { NewProject } from './catalogue-project.tsx'
import { TitledPart } from './titled-part.tsx'
import { serviceId, trainingWords } from './words.ts'

const words = defineWords({
  title: { zh: '培训指导目录', en: 'Guidance catalogue' },
  summary: {
    zh: '按岗位需求、劳动者意愿和就业结果动态调整。',
    en: 'Adjusted by vacant posts, what workers wish, and who found work.',
  },
  code: { zh: '编码', en: 'Code' },
  listed: { zh: '在目录内', en: 'Listed' },
  removed: { zh: '已移出', en: 'Removed' },
  review: { zh: '看成效', en: 'Review' },
  remove: { zh: '移出目录', en: 'Remove' },
  vacancies: { zh: '空岗', en: 'Vacant posts' },
  wishes: { zh: '意愿人数', en: 'Wishes' },
  graduates: { zh: '可评价结业人数', en: 'Graduates judged' },
  placed: { zh: '其中就业', en: 'Of them at work' },
  rate: { zh: '就业比例', en: 'Share at work' },
  rule: { zh: '按规定', en: 'By the rule' },
  keep: { zh: '可以保留', en: 'may stay' },
})

type Project = {
  projectId: string
  code: string
  title: string
  institution: string
  field: string
  level: number
  isListed: boolean
}
type Effect = {
  effect: { vacancies: number; wishes: number; graduates: number; placed: number; placementRatePpm: number }
  ruling: unknown
}

/** The catalogue with the effect of each project; removal where the rule finds none. */
export const page: ServicePage = {
  id: 'training-catalogue',
  title: words.title,
  roles: ['supervisor', 'review', 'approve', 'audit'],
  order: 61,
  path: '/training/catalogue',
  Component: CataloguePage,
}

function CataloguePage() {
  const api = useApi()
  const { say } = useSpeech()
  const { tell } = useTeller(serviceId)
  const { acting } = useSignedIn()
  const isInspector = acting.role === 'supervisor' || acting.role === 'review'
  const [reviewed, setReviewed] = useState<Project>()
  const projects = useQuery({
    queryKey: ['training projects'],
    queryFn: async () => (await api.get<{ items: Project[] }>(`/services/${serviceId}/projects`)).items,
  })
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      <ProblemAlert error={projects.error} />
      <DataTable<Project>
        rowKey="projectId"
        loading={projects.isPending}
        dataSource={projects.data ?? []}
        columns={[
          { title: say(words.code), dataIndex: 'code' },
          { title: say(trainingWords.project), dataIndex: 'title' },
          { title: say(trainingWords.institution), dataIndex: 'institution' },
          { title: say(trainingWords.field), key: 'field', render: (_, { field }) => tell(`choices.${field}`) },
          { title: say(trainingWords.level), dataIndex: 'level' },
          {
            title: say(words.listed),
            key: 'listed',
            render: (_, { isListed }) => (
              <Tag color={isListed ? 'green' : 'default'}>{say(isListed ? words.listed : words.removed)}</Tag>
            ),
          },
          {
            title: '',
            key: 'review',
            render: (_, project) => (
              <Button size="small" onClick={() => setReviewed(project)}>
                {say(words.review)}
              </Button>
            ),
          },
        ]}
      />
      {reviewed && <EffectPart key={reviewed.projectId} project={reviewed} />}
      <DemandPart isInspector={isInspector} />
      {isInspector && <NewProject />}
    </StaffPage>
  )
}

function EffectPart({ project }: { project: Project }) {
  const api = useApi()
  const { say } = useSpeech()
  const { tell } = useTeller(serviceId)
  const effect = useQuery({
    queryKey: ['training effect', project.projectId],
    queryFn: () => api.get<Effect>(`/services/${serviceId}/projects/${project.projectId}/effect`),
  })
  const remove = useAction((_: 'now', key) =>
    api.post(`/services/${serviceId}/projects/${project.projectId}/removal`, {}, key),
  )
  return (
    <Loaded query={effect}>
      {({ effect: found, ruling }) => {
        const decision = findRuling(ruling)
        const isRefused = decision?.outcome === 'refused'
        return (
          <TitledPart title={`${project.code} ${project.title}`}>
            <ProblemAlert error={remove.error} />
            <FactList
              facts={[
                { label: say(words.vacancies), value: found.vacancies },
                { label: say(words.wishes), value: found.wishes },
                { label: say(words.graduates), value: found.graduates },
                { label: say(words.placed), value: found.placed },
                { label: say(words.rate), value: found.graduates > 0 && formatRatePpm(found.placementRatePpm) },
                {
                  label: say(words.rule),
                  value: decision?.reason
                    ? `${tell(`reasons.${decision.reason}`)}（${decision.because}）`
                    : say(words.keep),
                },
              ]}
            />
            {isRefused && project.isListed && (
              <Button danger loading={remove.isPending} onClick={() => remove.mutate('now')}>
                {say(words.remove)}
              </Button>
            )}
          </TitledPart>
        )
      }}
    </Loaded>
  )
}
