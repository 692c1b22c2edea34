import { type BothLanguages, defineWords, Link, RegionName, useSpeech } from '../../kit/door.ts'
import type { DirectoryEntry } from './directory.ts'

const words = defineWords({
  itemCode: { zh: '事项编码', en: 'Item code' },
  details: { zh: '要准备什么', en: 'What to bring' },
  asked: { zh: '需要您提供', en: 'What you are asked for' },
  askedNone: { zh: '不需要材料', en: 'No documents' },
  saved: { zh: '不用您提供（从共享数据读取）', en: 'What you need not bring (read from shared data)' },
  national: { zh: '全国', en: 'Nationwide' },
  local: { zh: '本地', en: 'Local' },
  can_be_done: { zh: '能办', en: 'Can be done' },
  easy_to_do: { zh: '好办', en: 'Easy' },
  efficiently_done: { zh: '高效办成', en: 'In one go' },
  provisional: { zh: '（暂定）', en: ' (provisional)' },
  offeredIn: { zh: '在这些地区可以办：', en: 'Offered in: ' },
})

/** One service of the directory: what it is for, the ways in, and folded up what is asked and what is not. */
export function DirectoryCard({ entry }: { entry: DirectoryEntry }) {
  const { say } = useSpeech()
  return (
    <li className="kit-section">
      <h2>{say(entry.title)}</h2>
      <p>
        <span className="kit-badge">{say(words[entry.level])}</span>{' '}
        <span className="kit-badge">
          {say(words[entry.maturity])}
          {entry.isMaturityAssumed && say(words.provisional)}
        </span>
      </p>
      {!entry.isOffered && (
        <p>
          {say(words.offeredIn)}
          {entry.regions?.map((code, index) => (
            <span key={code}>
              {index > 0 && ', '}
              <RegionName code={code} />
            </span>
          ))}
        </p>
      )}
      <p>{say(entry.summary)}</p>
      {entry.ways.length > 0 && (
        <ul className="kit-plain-list resident-ways">
          {entry.ways.map(({ to, title }) => (
            <li key={to}>
              <Link to={to} className="kit-button">
                {say(title)}
              </Link>
            </li>
          ))}
        </ul>
      )}
      <details className="kit-details">
        <summary>{say(words.details)}</summary>
        <h3>{say(words.asked)}</h3>
        {entry.proofsAsked.length === 0 ? <p>{say(words.askedNone)}</p> : <ProofList proofs={entry.proofsAsked} />}
        {entry.proofsSaved.length > 0 && (
          <>
            <h3>{say(words.saved)}</h3>
            <ProofList proofs={entry.proofsSaved} />
          </>
        )}
        <p className="kit-quiet">
          {say(words.itemCode)} <span className="kit-code">{entry.itemCode}</span>
        </p>
      </details>
    </li>
  )
}

function ProofList({ proofs }: { proofs: readonly BothLanguages[] }) {
  const { say } = useSpeech()
  return (
    <ul>
      {proofs.map((proof) => (
        <li key={proof.zh}>{say(proof)}</li>
      ))}
    </ul>
  )
}
