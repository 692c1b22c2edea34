import { Button, Input, Modal, Segmented, Select, Tag } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { type AnswerOf, defineWords, go, type Person, useAction, useApi, useSpeech } from '../../kit/door.ts'
import { PersonSearch, ProblemAlert, StaffPage } from '../../kit/staff/door.ts'
import { useFlows } from './flows.ts'
import { type TaskFilter, TaskList } from './task-list.tsx'

const words = defineWords({
  title: { zh: '待办', en: 'Tasks' },
  summary: {
    zh: '本岗位待办的件，先到期、风险高的在前。按 N 领办下一件，按 / 查找。',
    en: 'What lies on the desk of your post; first due and riskiest first. N takes up the next, / finds.',
  },
  flow: { zh: '事项', en: 'Matter' },
  anyFlow: { zh: '全部事项', en: 'All matters' },
  text: { zh: '编号或内容的一部分', en: 'part of the number or of what it is about' },
  byPerson: { zh: '按人员或社保卡查找', en: 'By person or card' },
  ofPerson: { zh: '{name} 的件', en: 'of {name}' },
  all: { zh: '全部', en: 'All' },
  overdue: { zh: '已超期', en: 'Overdue' },
  today: { zh: '今天到期', en: 'Due today' },
  risky: { zh: '有风险提示', en: 'With a risk warning' },
  mine: { zh: '我在办', en: 'In my hands' },
  free: { zh: '无人领办', en: 'Free' },
  next: { zh: '领办下一件（N）', en: 'Take up the next (N)' },
  noNext: { zh: '没有您可以办的件了。', en: 'There is nothing left that you may do.' },
})

const shownKinds = ['all', 'overdue', 'today', 'risky', 'mine', 'free'] as const
type Shown = (typeof shownKinds)[number]

const filterOf: Record<Shown, TaskFilter> = {
  all: {},
  overdue: { due: 'overdue' },
  today: { due: 'today' },
  risky: { risky: true },
  mine: { held: 'by_me' },
  free: { held: 'by_nobody' },
}

/** How long somebody may pause in typing before it is looked for. */
const pauseMilliseconds = 120

/** The tasks of the acting post by deadline and risk. */
export function TasksPage() {
  const { say } = useSpeech()
  const flows = useFlows()
  const [shown, setShown] = useState<Shown>('all')
  const [flow, setFlow] = useState<string>()
  const [text, setText] = useState('')
  const [person, setPerson] = useState<Person>()
  const looked = useAfterPause(text.trim())
  const filter = useMemo<TaskFilter>(
    () => ({
      ...filterOf[shown],
      ...(flow !== undefined && { flow }),
      ...(looked !== '' && { text: looked }),
      ...(person && { personId: person.personId }),
    }),
    [shown, flow, looked, person],
  )
  const next = useNext()
  useShortcut('n', () => next.mutate(filter))
  useShortcut('/', () => document.getElementById('task-text')?.focus())
  return (
    <StaffPage
      title={say(words.title)}
      summary={say(words.summary)}
      actions={
        <Button type="primary" loading={next.isPending} onClick={() => next.mutate(filter)}>
          {say(words.next)}
        </Button>
      }
    >
      <div className="staff-filters">
        <Segmented<Shown>
          value={shown}
          onChange={setShown}
          options={shownKinds.map((value) => ({ value, label: say(words[value]) }))}
        />
        <Select
          aria-label={say(words.flow)}
          value={flow ?? ''}
          onChange={(value) => setFlow(value || undefined)}
          showSearch={{ optionFilterProp: 'label' }}
          options={[
            { value: '', label: say(words.anyFlow) },
            ...(flows.data ?? []).map((each) => ({ value: each.flow, label: say(each.title) })),
          ]}
          style={{ minWidth: 200 }}
        />
        <Input
          id="task-text"
          aria-label={say(words.text)}
          placeholder={say(words.text)}
          value={text}
          onChange={({ target }) => setText(target.value)}
          allowClear
          style={{ maxWidth: 260 }}
        />
        <ByPerson person={person} onChoose={setPerson} />
      </div>
      {next.data?.item === null && <p role="status">{say(words.noNext)}</p>}
      <ProblemAlert error={next.error} />
      <TaskList filter={filter} />
    </StaffPage>
  )
}

/** Takes up the first task of a filter that the officer may do and nobody else has, and opens it; `item` is null where there is none. */
function useNext() {
  const api = useApi()
  return useAction((asked: TaskFilter, key) => api.post<AnswerOf<'POST /tasks/next'>>('/tasks/next', asked, key), {
    onSuccess: ({ item }) => item && go(`/cases/${item.caseId}`),
  })
}

function ByPerson({ person, onChoose }: { person: Person | undefined; onChoose: (person?: Person) => void }) {
  const { say } = useSpeech()
  const [isAsking, setIsAsking] = useState(false)
  if (person) {
    return (
      <Tag closable onClose={() => onChoose()}>
        {say(words.ofPerson, { name: person.name })}
      </Tag>
    )
  }
  return (
    <>
      <Button onClick={() => setIsAsking(true)}>{say(words.byPerson)}</Button>
      <Modal
        open={isAsking}
        title={say(words.byPerson)}
        footer={null}
        width={760}
        destroyOnHidden
        onCancel={() => setIsAsking(false)}
      >
        <PersonSearch
          purpose="tasks"
          onChoose={(chosen) => {
            onChoose(chosen)
            setIsAsking(false)
          }}
        />
      </Modal>
    </>
  )
}

function useAfterPause(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMilliseconds)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

/** A key that does something where nobody is typing. */
function useShortcut(key: string, act: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isTyping =
        event.target instanceof HTMLElement &&
        event.target.matches('input:not([type="radio"], [type="checkbox"]), textarea, select, [role="dialog"] *')
      if (event.key !== key || isTyping || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  })
}
