import { count, flag, grant, max, policy, refuse } from '../../policy/door.ts'

/** M5.05: does an industry chain lack people, so that policy is aimed at it? */
export const chainShortage = policy({
  id: 'chain-shortage',
  title: { zh: '产业链缺人研判', en: 'Does a chain lack people?' },
  from: '2023-11-01',
  clause: 'M5.05',
  facts: {
    hasLeader: flag(),
    postsOpen: count('post', { max: 10_000_000 }),
    postsFilled: count('post', { max: 10_000_000 }),
  },
  values: { lackMin: count('post', { max: 100_000 }) },
  results: { postsLacking: count('post') },
  decide(facts, values) {
    if (!facts.hasLeader) return refuse('chain_without_leader', 'M5.05')
    const postsLacking = max(facts.postsOpen - facts.postsFilled, 0)
    if (postsLacking < values.lackMin) return refuse('chain_does_not_lack', 'M5.05')
    return grant({ postsLacking }, 'M5.05')
  },
})
