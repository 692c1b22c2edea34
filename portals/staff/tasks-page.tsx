import { Button, Input, Modal, Segmented, Select, Tag } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import { type AnswerOf, defineWords, go, type Person, useAction, useApi, usePlace, useSpeech } from '../../kit/door.ts'
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
  ofChosen: { zh: '所选人员的件', en: 'of the person chosen' },
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

/** What is looked for, as the address says it: it can be sent to a colleague, and Back leads to what was listed before. */
const filterNames = ['shown', 'flow', 'text', 'person'] as const
type Asked = Partial<Record<(typeof filterNames)[number], string>>

function useAsked(): [Asked, (change: Asked, options?: { replace: boolean }) => void] {
  const { path, query } = usePlace()
  const asked: Asked = Object.fromEntries(
    filterNames.flatMap((name) => (query.get(name) ? [[name, query.get(name)]] : [])),
  )
  return [
    asked,
    (change, options) => {
      const next = Object.entries({ ...asked, ...change }).filter(([, value]) => value !== '')
      go(next.length === 0 ? path : `${path}?${new URLSearchParams(next)}`, options)
    },
  ]
}

/** How long somebody may pause in typing before it is looked for. */
const pauseMilliseconds = 120

/** The tasks of the acting post by deadline and risk. */
export function TasksPage() {
  const { say } = useSpeech()
  const flows = useFlows()
  const [asked, ask] = useAsked()
  const { flow, text = '', person: personId } = asked
  const shown = shownKinds.find((each) => each === asked.shown) ?? 'all'
  const looked = text.trim()
  // The address names nobody by name.
  const [person, setPerson] = useState<Person>()
  const filter = useMemo<TaskFilter>(
    () => ({
      ...filterOf[shown],
      ...(flow !== undefined && { flow }),
      ...(looked !== '' && { text: looked }),
      ...(personId !== undefined && { personId }),
    }),
    [shown, flow, looked, personId],
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
          onChange={(value) => ask({ shown: value === 'all' ? '' : value })}
          options={shownKinds.map((value) => ({ value, label: say(words[value]) }))}
        />
        <Select
          aria-label={say(words.flow)}
          value={flow ?? ''}
          onChange={(value) => ask({ flow: value })}
          showSearch={{ optionFilterProp: 'label' }}
          options={[
            { value: '', label: say(words.anyFlow) },
            ...(flows.data ?? []).map((each) => ({ value: each.flow, label: say(each.title) })),
          ]}
          style={{ minWidth: 200 }}
        />
        <TextField text={text} onPause={(typed) => ask({ text: typed }, { replace: true })} />
        <ByPerson
          isChosen={personId !== undefined}
          name={person?.personId === personId ? person?.name : undefined}
          onChoose={(chosen) => {
            setPerson(chosen)
            ask({ person: chosen?.personId ?? '' })
          }}
        />
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

type ByPersonProps = { isChosen: boolean; name: string | undefined; onChoose: (person?: Person) => void }

function ByPerson({ isChosen, name, onChoose }: ByPersonProps) {
  const { say } = useSpeech()
  const [isAsking, setIsAsking] = useState(false)
  if (isChosen) {
    return (
      <Tag closable onClose={() => onChoose()}>
        {name === undefined ? say(words.ofChosen) : say(words.ofPerson, { name })}
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

/** The text that is looked for; what is being typed is told at a pause. */
function TextField({ text, onPause }: { text: string; onPause: (typed: string) => void }) {
  const { say } = useSpeech()
  const [typed, setTyped] = useState<string>()
  const told = useRef(onPause)
  told.current = onPause
  useEffect(() => {
    if (typed === undefined) return
    const timer = setTimeout(() => {
      told.current(typed)
      setTyped(undefined)
    }, pauseMilliseconds)
    return () => clearTimeout(timer)
  }, [typed])
  return (
    <Input
      id="task-text"
      aria-label={say(words.text)}
      placeholder={say(words.text)}
      value={typed ?? text}
      onChange={({ target }) => setTyped(target.value)}
      allowClear
      style={{ maxWidth: 260 }}
    />
  )
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
