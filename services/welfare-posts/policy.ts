import { addMonths, choice, count, date, flag, grant, policy, refuse } from '../../policy/door.ts'

/**
 * C6.05: may somebody be placed in a public-welfare post? It is the last resort: for registered unemployed people in hardship whom no offer of
 * the market has placed, for a limited term.
 */
export const welfarePost = policy({
  id: 'welfare-post',
  title: { zh: '公益性岗位安置', en: 'Placement in a public-welfare post' },
  from: '2025-06-20',
  clause: 'C6.05',
  facts: {
    hardship: choice('zero_employment_family', 'disabled', 'older', 'long_unemployed', 'lifted_from_poverty', 'none'),
    registeredUnemployed: flag(),
    employedByEmployer: flag(),
    marketOffersTried: count('time', { max: 1_000 }),
    placedBefore: flag(),
    placedFrom: date(),
  },
  values: { marketOffersMin: count('time', { max: 20 }), termMonths: count('month', { max: 60 }) },
  results: { until: date() },
  decide(facts, values) {
    if (facts.hardship === 'none') return refuse('not_in_hardship', 'C6.05')
    if (facts.employedByEmployer) return refuse('has_work', 'C6.05')
    if (!facts.registeredUnemployed) return refuse('not_registered_unemployed', 'C6.05')
    if (facts.placedBefore) return refuse('placed_before', 'ESF.2017.164')
    if (facts.marketOffersTried < values.marketOffersMin) return refuse('market_not_tried', 'C6.05')
    return grant({ until: addMonths(facts.placedFrom, values.termMonths) }, 'C6.05')
  },
})
