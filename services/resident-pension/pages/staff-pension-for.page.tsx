import { useQuery } from '@tanstack/react-query'
import { Button, Card } from 'antd'
import {
  commonWords,
  defineWords,
  findRuling,
  go,
  ProblemNote,
  RulingPart,
  type ServicePage,
  type StepTaken,
  useAction,
  useApi,
  useSpeech,
} from '../../../kit/door.ts'
import { Loaded, PersonAtCounter } from '../../../kit/staff/door.ts'
import { pensionFlow, serviceId } from './words.ts'

const words = defineWords({
  title: { zh: '窗口代办城乡居民养老金', en: 'The resident pension at the counter' },
  summary: { zh: '不用填表，登记簿已有全部情况。', en: 'Nothing is asked; the registers have all of it.' },
  who: { zh: '居民', en: 'The person' },
  purpose: { zh: '窗口代办城乡居民养老金', en: 'the resident pension at the counter' },
  rule: { zh: '规则预判', en: 'What the rule says' },
})

/** Applying for the person who stands at the counter. */
export const page: ServicePage = {
  id: 'resident-pension-for',
  title: words.title,
  roles: ['accept'],
  order: 70,
  path: '/pension/resident-for',
  Component: PensionForPage,
}

function PensionForPage() {
  return <PersonAtCounter {...words}>{(personId) => <Outlook personId={personId} />}</PersonAtCounter>
}

function Outlook({ personId }: { personId: string }) {
  const api = useApi()
  const { say } = useSpeech()
  const outlook = useQuery({
    queryKey: ['pension outlook', personId],
    queryFn: () => api.get<{ ruling: unknown }>(`/services/${serviceId}/outlook`, { personId }),
    retry: false,
  })
  const opening = { flow: pensionFlow, step: 'apply', body: { personId } }
  const submit = useAction((_: typeof opening, key) => api.post<StepTaken>('/cases', opening, key), {
    onSuccess: ({ caseId }) => go(`/cases/${caseId}`),
  })
  return (
    <Card size="small" title={say(words.rule)}>
      <Loaded query={outlook}>
        {({ ruling: decided }) => {
          const ruling = findRuling(decided)
          return (
            <div className="staff-stack">
              {ruling && <RulingPart ruling={ruling} service={serviceId} />}
              {submit.error && <ProblemNote error={submit.error} />}
              <Button type="primary" loading={submit.isPending} onClick={() => submit.mutate(opening)}>
                {say(commonWords.submit)}
              </Button>
            </div>
          )
        }}
      </Loaded>
    </Card>
  )
}
