import { commonWords, defineWords, useSpeech } from '../../kit/door.ts'

const words = defineWords({
  choose: {
    zh: '先选一项政策和一个日期：下面写出那一天的规则，每一句都连到条款。',
    en: 'Choose a policy and a day first: below stands the rule of that day, each sentence tied to its clause.',
  },
  drag: {
    zh: '拖动一个数，虚构的人群马上重新判定：花多少钱、谁多得、谁少得。松手以后地址里就记着这次试算，可以发给别人。',
    en: 'Drag a figure and the made-up people are decided again at once: what it costs, who gets more, who less. The address keeps the trial, to be sent to others.',
  },
  safe: {
    zh: '这里的人是虚构的，什么都不会发出去，也不会改动生效的政策。',
    en: 'The people are made up, nothing is sent, and no policy in force is changed.',
  },
})

/** What the workbench is for, in plain words; the head links here. */
export function HelpPart() {
  const { say } = useSpeech()
  return (
    <section id="help" tabIndex={-1} aria-labelledby="help-title">
      <h2 id="help-title">{say(commonWords.help)}</h2>
      <ul>
        <li>{say(words.choose)}</li>
        <li>{say(words.drag)}</li>
        <li>{say(words.safe)}</li>
      </ul>
    </section>
  )
}
