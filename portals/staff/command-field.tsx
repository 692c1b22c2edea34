import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { commonWords, defineWords, go, type Speech, useSpeech } from '../../kit/door.ts'
import type { MenuGroup } from './menu.tsx'

const words = defineWords({
  open: { zh: '快速前往', en: 'Go to' },
  label: { zh: '页面名称或受理编号', en: 'A page, or the number of a case' },
  help: { zh: '上下键选择，回车前往，Esc 关闭', en: 'Arrow keys choose, Enter goes there, Esc closes' },
  findCase: { zh: '查找办件 {text}', en: 'Find the case {text}' },
  none: { zh: '没有这样的页面', en: 'No such page' },
})

type Choice = { key: string; title: string; place: string; path: string }

const choicesMax = 8

/** A field over the page, by Ctrl+K or its button: type the name of a page or a case number, and go there. */
export function CommandField({ groups }: { groups: readonly MenuGroup[] }) {
  const { say } = useSpeech()
  const dialog = useRef<HTMLDialogElement>(null)
  // Each time it is opened it begins anew.
  const [opened, setOpened] = useState(0)
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      setOpened((times) => times + 1)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
  useEffect(() => {
    if (opened > 0 && !dialog.current?.open) dialog.current?.showModal()
  }, [opened])
  return (
    <>
      <button type="button" className="staff-command-open" onClick={() => setOpened(opened + 1)}>
        {say(words.open)} <kbd>Ctrl K</kbd>
      </button>
      <dialog ref={dialog} className="kit-dialog staff-command" aria-label={say(words.open)}>
        <Field key={opened} groups={groups} onClose={() => dialog.current?.close()} />
      </dialog>
    </>
  )
}

function Field({ groups, onClose }: { groups: readonly MenuGroup[]; onClose: () => void }) {
  const { say } = useSpeech()
  const id = useId()
  const [text, setText] = useState('')
  const [current, setCurrent] = useState(0)
  const choices = choicesFor(text.trim(), groups, say)
  const take = (choice: Choice | undefined) => {
    if (!choice) return
    onClose()
    go(choice.path)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setCurrent(Math.min(choices.length - 1, current + 1))
    else if (event.key === 'ArrowUp') setCurrent(Math.max(0, current - 1))
    else if (event.key === 'Enter') take(choices[current])
    else return
    event.preventDefault()
  }
  return (
    <div className="kit-field">
      <label htmlFor={id}>{say(words.label)}</label>
      <input
        id={id}
        role="combobox"
        autoComplete="off"
        aria-expanded={choices.length > 0}
        aria-controls={`${id}-choices`}
        aria-activedescendant={choices.length > 0 ? `${id}-${current}` : undefined}
        value={text}
        onChange={({ target }) => {
          setText(target.value)
          setCurrent(0)
        }}
        onKeyDown={onKeyDown}
      />
      <p className="staff-quiet" role="status">
        {say(choices.length === 0 ? words.none : words.help)}
      </p>
      <div role="listbox" id={`${id}-choices`} aria-label={say(words.open)}>
        {choices.map((choice, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          <div
            key={choice.key}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === current}
            className="staff-command-choice"
            onClick={() => take(choice)}
          >
            {choice.title} <span className="staff-quiet">{choice.place}</span>
          </div>
        ))}
      </div>
      <button type="button" className="kit-button" onClick={onClose}>
        {say(commonWords.close)}
      </button>
    </div>
  )
}

function choicesFor(text: string, groups: readonly MenuGroup[], say: Speech['say']) {
  const wanted = text.toLowerCase()
  const pages = groups.flatMap((group) =>
    group.pages
      .filter(({ title }) => [title.zh, title.en].some((name) => name.toLowerCase().includes(wanted)))
      .map(({ path, title }): Choice => ({ key: path, path, title: say(title), place: say(group.title) })),
  )
  // A number of a case may stand in an address; a number of a person may not.
  const isNumber = /^[a-z]+\d{18}$/i.test(text)
  const ofCase = { title: say(words.findCase, { text }), path: `/cases?${new URLSearchParams({ text })}`, place: '' }
  return [...(isNumber ? [{ key: 'case', ...ofCase }] : []), ...pages.slice(0, choicesMax)]
}
