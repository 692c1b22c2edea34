import { fill } from '../phrases.ts'
import type { Language } from '../words.ts'
import type { CapsulePart } from './capsule.ts'
import type { CapsuleFinding, Difference, Verification } from './verify.ts'

/** At most so many differences are told one by one. */
const DIFFERENCES_TOLD_MAX = 10

const WORDS = {
  zh: {
    holds: '全部相符：按其中的规则、事实和数值重新计算，步骤和结论与封存时一致，签名有效。',
    not_a_capsule: '不是决定封存件：{a}不符合格式（{b}）。',
    whole: '整个文件',
    unknown_version: '封存格式版本 {a} 未知，本程序认识 {b}。',
    unknown_ir_version: '规则形式版本 {a} 未知，本程序认识 {b}。',
    part_altered: '封存后被改动：{a}。',
    policy_differs: '封存件所称的政策 {a} 与其中的规则 {b} 不是同一项。',
    not_decidable: '无法重新计算，问题在{a}：{b}',
    steps_differ: '重新计算的步骤不同：',
    decision_differs: '重新计算的结论不同：',
    difference: '　{a}：封存为 {b}，重算为 {c}',
    more: '　其余 {a} 处略',
    nothing: '（无）',
    signature_wrong: '签名与内容不符（密钥 {a}）。',
    key_unknown: '没有密钥 {a}，无法验证签名。',
    parts: {
      policy: '政策编号',
      on: '日期',
      facts: '事实',
      values: '数值',
      ir: '规则',
      steps: '步骤',
      decision: '结论',
    },
  },
  en: {
    holds:
      'All of it holds: its rule, facts and values give its steps and its decision again, and the signature is good.',
    not_a_capsule: 'This is no capsule of a decision: {a} is not of its form ({b}).',
    whole: 'the file',
    unknown_version: 'The format is of version {a}; known here: {b}.',
    unknown_ir_version: 'The rule is in version {a} of its form; known here: {b}.',
    part_altered: 'Altered after it was sealed: {a}.',
    policy_differs: 'It says it is of the policy {a}, but the rule in it is {b}.',
    not_decidable: 'It cannot be decided again because of {a}: {b}',
    steps_differ: 'Decided again, the steps are different:',
    decision_differs: 'Decided again, the decision is different:',
    difference: '  {a}: sealed {b}, recomputed {c}',
    more: '  {a} more not shown',
    nothing: '(nothing)',
    signature_wrong: 'The signature is not over what it says (key {a}).',
    key_unknown: 'The key {a} is not known, so the signature cannot be verified.',
    parts: {
      policy: 'the id of the policy',
      on: 'the day',
      facts: 'the facts',
      values: 'the values',
      ir: 'the rule',
      steps: 'the steps',
      decision: 'the decision',
    } satisfies Record<CapsulePart, string>,
  },
}

/** What holds and what does not, in sentences. */
export function renderVerification({ holds, findings }: Verification, language: Language): string[] {
  return holds ? [WORDS[language].holds] : findings.flatMap((finding) => findingLines(finding, language))
}

function findingLines(finding: CapsuleFinding, language: Language): string[] {
  const words = WORDS[language]
  switch (finding.finding) {
    case 'not_a_capsule':
      return [fill(words.not_a_capsule, { a: finding.path || words.whole, b: finding.expected })]
    case 'unknown_version':
    case 'unknown_ir_version':
      return [fill(words[finding.finding], { a: finding.found, b: finding.known })]
    case 'part_altered':
      return [fill(words.part_altered, { a: words.parts[finding.part] })]
    case 'policy_differs':
      return [fill(words.policy_differs, { a: finding.sealed, b: finding.ir })]
    case 'not_decidable':
      return [fill(words.not_decidable, { a: words.parts[finding.part], b: finding.because })]
    case 'steps_differ':
    case 'decision_differs':
      return [words[finding.finding], ...differenceLines(finding.differences, language)]
    default:
      return [fill(words[finding.finding], { a: finding.keyId })]
  }
}

function differenceLines(differences: readonly Difference[], language: Language): string[] {
  const words = WORDS[language]
  const told = differences.slice(0, DIFFERENCES_TOLD_MAX).map(({ path, sealed, recomputed }) => {
    return fill(words.difference, { a: path, b: sealed || words.nothing, c: recomputed || words.nothing })
  })
  const more = differences.length - told.length
  return more === 0 ? told : [...told, fill(words.more, { a: String(more) })]
}
