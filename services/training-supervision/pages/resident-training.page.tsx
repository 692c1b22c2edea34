import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import {
  defineWords,
  Loaded,
  ProblemNote,
  type ServicePage,
  useAction,
  useApi,
  useSignedIn,
  useSpeech,
  useTeller,
} from '../../../kit/door.ts'
import { type OfferedClass, serviceId, trainingWords } from './words.ts'

const words = defineWords({
  title: { zh: '报名技能培训', en: 'Enrol in skills training' },
  summary: { zh: '政府补贴的培训班，免费报名', en: 'Classes paid for by the subsidy; enrolling is free' },
  free: {
    zh: '报名不收费。谁向您收“招生费”或劝您办“培训贷”，请拨打 12333 举报。',
    en: 'Enrolling is free. If anybody asks a fee or offers a loan for it, call 12333.',
  },
  mine: { zh: '我的培训', en: 'My training' },
  open: { zh: '可以报名的班', en: 'Classes to enrol in' },
  noneMine: { zh: '还没有报名', en: 'Not enrolled in any' },
  noneOpen: { zh: '现在没有可以报名的班', en: 'No class to enrol in now' },
  enrol: { zh: '报名', en: 'Enrol' },
  withdraw: { zh: '取消报名', en: 'Take back' },
  full: { zh: '已满', en: 'Full' },
  done: { zh: '报名成功，请按时到课。', en: 'You are enrolled; please come on time.' },
  undone: { zh: '已取消报名。', en: 'Your enrolment was taken back.' },
})

/** A resident's classes and those they can enrol in (B1.05). */
export const page: ServicePage = {
  id: 'training-enrolment',
  title: words.title,
  summary: words.summary,
  roles: ['person'],
  order: 45,
  path: '/services/training',
  Component: TrainingPage,
}

type Wish = { classId: string; enrolmentId: string | null }

function TrainingPage() {
  const api = useApi()
  const { say } = useSpeech()
  const [news, setNews] = useState<'done' | 'undone'>()
  const classes = useQuery({
    queryKey: ['open classes'],
    queryFn: async () => (await api.get<{ items: OfferedClass[] }>(`/services/${serviceId}/open-classes`)).items,
  })
  const change = useAction(
    ({ classId, enrolmentId }: Wish, key) =>
      enrolmentId === null
        ? api.post(`/services/${serviceId}/enrolments`, { classId }, key)
        : api.post(`/services/${serviceId}/enrolments/${enrolmentId}/withdrawal`, {}, key),
    { onSuccess: (_, { enrolmentId }) => setNews(enrolmentId === null ? 'done' : 'undone') },
  )
  const ask = (wish: Wish) => {
    setNews(undefined)
    change.mutate(wish)
  }
  return (
    <>
      <h1>{say(words.title)}</h1>
      <p className="kit-note kit-note-warning">{say(words.free)}</p>
      <div aria-live="polite">{news && <p className="kit-note kit-note-good">{say(words[news])}</p>}</div>
      {change.error && <ProblemNote error={change.error} />}
      <Loaded query={classes}>
        {(items) => (
          <>
            <ClassList
              title={say(words.mine)}
              none={say(words.noneMine)}
              classes={items.filter(({ enrolmentId }) => enrolmentId !== null)}
              isBusy={change.isPending}
              ask={ask}
            />
            <ClassList
              title={say(words.open)}
              none={say(words.noneOpen)}
              classes={items.filter(({ enrolmentId }) => enrolmentId === null)}
              isBusy={change.isPending}
              ask={ask}
            />
          </>
        )}
      </Loaded>
    </>
  )
}

type ClassListProps = {
  title: string
  none: string
  classes: readonly OfferedClass[]
  isBusy: boolean
  ask: (wish: Wish) => void
}

function ClassList({ title, none, classes, isBusy, ask }: ClassListProps) {
  const { say, day } = useSpeech()
  const { tell } = useTeller(serviceId)
  const { today } = useSignedIn()
  return (
    <section className="kit-section">
      <h2>{title}</h2>
      {classes.length === 0 && <p className="kit-quiet">{none}</p>}
      {classes.map((each) => {
        const isFull = each.enrolmentId === null && each.enrolled >= each.capacity
        const isTooLate = each.startsOn <= today
        return (
          <section key={each.classId} className="kit-section">
            <h3>{each.title}</h3>
            <dl className="kit-facts">
              <dt>{say(trainingWords.institution)}</dt>
              <dd>{each.institution}</dd>
              <dt>{say(trainingWords.field)}</dt>
              <dd>{tell(`choices.${each.field}`)}</dd>
              <dt>{say(trainingWords.days)}</dt>
              <dd>{say(trainingWords.fromTo, { from: day(each.startsOn), to: day(each.endsOn) })}</dd>
              <dt>{say(trainingWords.place)}</dt>
              <dd>{each.place}</dd>
            </dl>
            <p className="kit-quiet">
              {say(trainingWords.enrolled, { enrolled: each.enrolled, capacity: each.capacity })}
            </p>
            {!isTooLate && (
              <button
                type="button"
                className={each.enrolmentId === null ? 'kit-button kit-button-primary' : 'kit-button'}
                disabled={isBusy || isFull}
                onClick={() => ask(each)}
              >
                {say(isFull ? words.full : each.enrolmentId === null ? words.enrol : words.withdraw)}
              </button>
            )}
          </section>
        )
      })}
    </section>
  )
}
