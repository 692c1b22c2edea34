import { pinyin } from 'pinyin-pro'

/** Words that shut people out by sex, ethnicity, religion or marriage (HRM.24). Assumed: the regulation names the grounds and no words. */
const shuttingOut =
  /(限|仅|只招|只限)(男|女)|(男|女)(性|士|生)?优先|(限|仅)汉族|不招.{0,4}族|信教|宗教信仰|已婚(已育)?|未婚/

/** Whether a vacancy shuts people out by its words. */
export function discriminates(text: string): boolean {
  return shuttingOut.test(text.replace(/\s/g, ''))
}

/** What a vacancy is found by: its words, their pinyin written together, and its first letters, all in lower case. */
export function searchText(...texts: readonly string[]): string {
  return texts.flatMap((text) => [plain(text), lettersOf(text, false), lettersOf(text, true)]).join(' ')
}

/** What somebody typed, as it is searched for: `数控`, `shukong`, `SK`. */
export function plain(text: string): string {
  return text.toLowerCase().replace(/\s/g, '')
}

function lettersOf(text: string, onlyFirst: boolean): string {
  const syllables = pinyin(text, { toneType: 'none', type: 'array', ...(onlyFirst && { pattern: 'first' }) })
  return plain(syllables.join(''))
}
