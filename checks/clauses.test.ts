import { describe, expect, it } from 'vitest'
import { digestOf, paragraphId } from '../registers/documents/parts.ts'
import { realBulletins } from '../registers/documents/real-bulletins.testing.ts'
import { documentOfTie, namedDocuments, tiedParagraphId } from '../registers/door.ts'
import { citationsOf, clauseProblems, clauseTiesOf } from '../server/clauses.ts'
import { openServiceRules, type ServiceRules } from '../server/services.ts'
import { isNode, isTestFile, nodesOf, parseSource, productPaths, readProductFile, type SourceFile } from './source.ts'

const services = await openServiceRules()

describe('each clause is tied to where it stands', () => {
  it.each(services)('$id: what it cites is tied, and nothing else is', (service) => {
    const cited = citedBy(service)
    const tied = Object.keys(clauseTiesOf(service))
    expect(cited.filter((clause) => !tied.includes(clause))).toEqual([])
    expect(tied.filter((clause) => !cited.includes(clause))).toEqual([])
  })

  it.each(services)(
    'G5-t1, G5.02 $id: no rule is active without its document, or on days on which it does not hold',
    (service) => {
      expect(clauseProblems(service)).toEqual([])
    },
  )

  it('G5.01: a clause says a named document only where that stands behind its requirement', () => {
    const strays = services.flatMap((service) =>
      Object.entries(clauseTiesOf(service))
        .filter(([clause, tie]) => documentOfTie(tie)?.requirements.some((id) => isOf(clause, id)) === false)
        .map(([clause]) => `${service.id} ${clause}`),
    )
    expect(strays).toEqual([])
  })

  it('G5.01: every named document is named once', () => {
    const ids = namedDocuments().map(({ id }) => id)
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
    expect(ids.length).toBeGreaterThan(25)
  })

  it('catches a clause in a step', () => {
    const text = "throw new Refusal('x', { clause: 'A1.18' })\nconst named = ['A2.01', 'not A3.01']\n// 'A4.01'"
    expect(clausesIn(parseSource({ path: 'x.ts', text }))).toEqual(['A1.18', 'A2.01'])
  })
})

const digests = digestsOfRealBulletins()

describe.skipIf(digests.size === 0)('in the bulletins of TONGBAN_BULLETINS', () => {
  it.each(services)('$id: every tied paragraph is there, with the words it was tied with', (service) => {
    const ties = Object.values(clauseTiesOf(service)).flatMap((tie) => ('paragraphs' in tie ? tie.paragraphs : []))
    expect(ties.filter((tie) => digests.get(tiedParagraphId(tie)) !== tie.digest)).toEqual([])
  })
})

/** Every clause that a service cites: in its rules, the sources of its values, its steps and its words for clauses. */
function citedBy(service: ServiceRules): string[] {
  const words = [...service.rulebook.messages.zh.keys()]
    .filter((key) => key.startsWith('clauses.'))
    .map((key) => key.slice('clauses.'.length))
  const steps = productPaths(`services/${service.id}/`)
    .filter((path) => /\.tsx?$/.test(path) && !isTestFile(path) && !path.includes('.generated.'))
    .flatMap((path) => clausesIn(parseSource(readProductFile(path))))
  return [...new Set([...citationsOf(service).map(({ clause }) => clause), ...words, ...steps])].sort()
}

/** The requirement ids that a file says by themselves, and whatever it says is a clause. */
function clausesIn(source: SourceFile): string[] {
  const ids = nodesOf(source, 'Literal').flatMap(({ value }) =>
    typeof value === 'string' && /^[A-M]\d{1,2}\.\d{2}$/.test(value) ? [value] : [],
  )
  const named = nodesOf(source, 'Property').flatMap(({ key, value }) =>
    isNode(key) && isNode(value) && key.name === 'clause' && typeof value.value === 'string' ? [value.value] : [],
  )
  return [...new Set([...ids, ...named])]
}

function isOf(clause: string, requirement: string): boolean {
  return clause === requirement || clause.startsWith(`${requirement}.`)
}

function digestsOfRealBulletins(): Map<string, string> {
  return new Map(
    realBulletins().flatMap(({ document: { series, masthead, parts } }) =>
      parts.flatMap(({ article, paragraph, text }) =>
        article === null || paragraph === null
          ? []
          : [[paragraphId({ series, issue: masthead.issue }, article, paragraph), digestOf(text)] as const],
      ),
    ),
  )
}
