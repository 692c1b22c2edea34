import { commonWords, defineWords, useSpeech } from '../../kit/door.ts'

const words = defineWords({
  which: {
    zh: '选您参保的地区；不知道在哪里参保的，选您工作或居住的省。给自己办事按“个人办事”，工作人员按“工作人员”。',
    en: 'Choose the region where you are insured; if you do not know it, the province where you work or live. Press "For residents" for your own matters, "For staff" if you work there.',
  },
  call: { zh: '不会用，或者有疑问，拨打', en: 'If you need a hand or have a question, call' },
  paper: {
    zh: '拿到一份证明想查真假：进入开具的地区，按“核验证明”。',
    en: 'To check a paper that you were given: go to the region that issued it and press "Verify a paper".',
  },
  workbench: {
    zh: '政策试算台谁都能用：拖动政策里的数，看对虚构人群的影响，不会改动任何真实数据。',
    en: 'Anybody may use the policy workbench: drag the figures of a policy and see what becomes of made-up people. Nothing real is changed.',
  },
})

/** What the entrance is for, in plain words; the head links here. */
export function HelpPart() {
  const { say } = useSpeech()
  return (
    <section id="help" tabIndex={-1} aria-labelledby="help-title">
      <h2 id="help-title">{say(commonWords.help)}</h2>
      <p>{say(words.which)}</p>
      <p>{say(words.paper)}</p>
      <p>{say(words.workbench)}</p>
      <p>
        {say(words.call)}{' '}
        <a className="kit-button" href="tel:12333">
          12333
        </a>
      </p>
    </section>
  )
}
