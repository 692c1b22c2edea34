/**
 * What the check can find, by code. 10xx days, 11xx declarations and values, 20xx paths, 30xx promises are errors; 40xx are notes.
 * `{name}` is filled in by what was found.
 */
export const FINDINGS = {
  TC1001: {
    level: 'error',
    zh: '自 {from} 起的条文与自 {other} 起的条文在 {day} 同时生效；写明前者的 `to`',
    en: 'the body from {from} and the one from {other} are both law on {day}; give the earlier one its `to`',
  },
  TC1002: {
    level: 'error',
    zh: '{first} 至 {last} 没有任何条文生效，这些天一律不予办理；补上条文或改正起止日',
    en: 'no body is law from {first} to {last}, so that everybody is refused; add a body or correct its days',
  },
  TC1003: {
    level: 'error',
    zh: '{region} 的 `values.{name}` 在 {day} 有两个数值（{one} 与 {other}）；写明前一个的 `to`',
    en: '`values.{name}` of {region} is both {one} and {other} on {day}; give the earlier one its `to`',
  },
  TC1004: {
    level: 'error',
    zh: '{region} 的 `values.{name}` 在 {days} 没有数值，而条文在此期间生效',
    en: '`values.{name}` of {region} has no value for {days}, while the body is law',
  },
  TC1005: {
    level: 'error',
    zh: '{region} 的 `values.{name}` 自 {day} 起与声明不符：应为 {expected}，实为 {found}',
    en: '`values.{name}` of {region} from {day} does not fit its declaration: expected {expected}, found {found}',
  },
  TC1101: {
    level: 'error',
    zh: '声明了 `values.{name}`，但条文从未用到；删去声明或写出它的用处',
    en: '`values.{name}` is declared and never read; remove it, or write the condition that it is for',
  },
  TC1102: {
    level: 'error',
    zh: '用到 `values.{name}`，但没有任何地区给出数值{perhaps}',
    en: '`values.{name}` is declared, and no region has a value for it{perhaps}',
  },
  TC1103: {
    level: 'error',
    zh: '给出了数值 `{name}`，但没有条文声明它{perhaps}；删去数值或加以声明',
    en: 'the value `{name}` is given, and no policy declares it{perhaps}; remove it, or declare it',
  },
  TC1104: {
    level: 'error',
    zh: '声明了 `facts.{name}`，但条文从未用到；不要询问用不着的事实',
    en: '`facts.{name}` is declared and never read; do not ask for what does not matter',
  },
  TC1105: {
    level: 'error',
    zh: '声明了结果 `{name}`，但没有任何结论给出它',
    en: 'the result `{name}` is declared, and no grant carries it',
  },
  TC1106: {
    level: 'error',
    zh: '没有一个案例得出 `{reason}`；在案例表中加一例',
    en: 'no case comes to `{reason}`; add one to the table of cases',
  },
  TC1107: {
    level: 'error',
    zh: '第 {number} 个案例的事实与声明不符：{problem}',
    en: 'the facts of case {number} do not fit their declarations: {problem}',
  },
  TC2001: {
    level: 'error',
    zh: '`{condition}` 在这里恒为{holds}{because}{dead}',
    en: '`{condition}` is always {holds} here{because}{dead}',
  },
  TC2002: {
    level: 'error',
    zh: '`{on}` 在这里不会是 {words}{dead}',
    en: '`{on}` is never {words} here{dead}',
  },
  TC2003: {
    level: 'error',
    zh: '这些事实得不出任何结论：{facts}',
    en: 'these facts come to no outcome: {facts}',
  },
  TC3001: {
    level: 'error',
    zh: '承诺 `{promise}` 不成立：{name} 由 {before} 变为 {after}，{result} 由 {one} 变为 {other}',
    en: 'the promise `{promise}` is broken: {name} from {before} to {after} takes {result} from {one} to {other}',
  },
  TC4001: {
    level: 'note',
    zh: '断崖：{name} 由 {before} 变为 {after}，{result} 由 {one} 变为 {other}',
    en: 'a cliff: {name} from {before} to {after} takes {result} from {one} to {other}',
  },
  TC4002: {
    level: 'note',
    zh: '{region} 的 `values.{name}` 应在 {day} 前复核',
    en: '`values.{name}` of {region} was to be looked at again by {day}',
  },
  TC4003: {
    level: 'note',
    zh: '`values.{name}` 是假定值（{where}），影响结论',
    en: '`values.{name}` is assumed ({where}), and decisions rest on it',
  },
  TC4004: {
    level: 'note',
    zh: '结果 `{name}` 总是 {content}',
    en: 'the result `{name}` is always {content}',
  },
  TC4005: {
    level: 'note',
    zh: '{region} 的 `values.{name}` 只到 {last}，此后没有数值',
    en: '`values.{name}` of {region} ends on {last}, and nothing follows it',
  },
  TC4006: {
    level: 'note',
    zh: '按现行数值，`{condition}` 恒为{holds}{dead}',
    en: 'with the values in force `{condition}` is always {holds}{dead}',
  },
  TC4007: {
    level: 'note',
    zh: '未能判定：试了 {runs} 组事实，没有一组走到这里，也没有证明走不到',
    en: 'not decided: none of {runs} sets of facts came here, and that none can is not proved',
  },
  TC4008: {
    level: 'note',
    zh: '声明了 `facts.{name}`，但没有条文用到',
    en: '`facts.{name}` is declared, and no body reads it',
  },
  TC4009: {
    level: 'note',
    zh: '按现行数值，`{on}` 在这里不会是 {words}{dead}',
    en: 'with the values in force `{on}` is never {words} here{dead}',
  },
} as const satisfies Readonly<
  Record<string, { readonly level: 'error' | 'note'; readonly zh: string; readonly en: string }>
>

/** What the check can find. */
export type CheckCode = keyof typeof FINDINGS
