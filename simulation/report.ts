import type { StoryEnd, StoryPlan } from './story.ts'

/** What a finding is told as: the judge and its sentence, once each. */
export function findingLines({ findings }: StoryEnd): string[] {
  return [...new Set(findings.map(({ judge, what }) => `${judge}: ${what}`))]
}

/** A story as a person reads it: each move with what it led to, then what everybody did at the end, then what the judges found. */
export function storyLines({ seed }: StoryPlan, end: StoryEnd): string[] {
  const lines = [`The story of seed ${seed}`]
  let move = -1
  for (const line of end.trace) {
    if (line.move !== move)
      lines.push(line.move === 0 ? '  Then every fault ends, and everybody finishes:' : `  ${line.move}.`)
    move = line.move
    lines.push(`     ${line.text}`)
  }
  return [...lines, '  What the judges found:', ...findingLines(end).map((line) => `     ${line}`)]
}
