import { type AnswerOf, type BothLanguages, defineWords, type MessageParams } from '../../kit/door.ts'

type Difference = AnswerOf<'GET /documents'>['items'][number]['differences'][number]

const words = defineWords({
  contents_missing: { zh: '原文没有目录', en: 'There is no list of contents' },
  spelled_otherwise: {
    zh: '第 {line} 行：标题与目录写法不同：{text}',
    en: 'Line {line}: spelled otherwise in the list of contents: {text}',
  },
  not_in_text: {
    zh: '第 {line} 行：目录所列的文章正文里没有：{text}',
    en: 'Line {line}: in the list of contents, not in the text: {text}',
  },
  not_in_contents: {
    zh: '第 {line} 行：目录没有列出这篇文章：{text}',
    en: 'Line {line}: in the text, not in the list of contents: {text}',
  },
  other_section: {
    zh: '第 {line} 行：栏目与目录不同：{text}',
    en: 'Line {line}: in another section than the list of contents says: {text}',
  },
  source_missing: {
    zh: '第 {line} 行：没有注明来源：{text}',
    en: 'Line {line}: does not say where it is taken from: {text}',
  },
  title_missing: { zh: '第 {line} 行：没有标题：{text}', en: 'Line {line}: has no title: {text}' },
})

/** What a difference between the list of contents and the text is called, for `say`. */
export function differenceText({ kind, line, text }: Difference): [BothLanguages, MessageParams] {
  return [words[kind], { line, text }]
}
