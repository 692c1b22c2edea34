// Made by `npm run api-types` from the schemas of the server; do not edit.

export interface ServiceApi {
  /**
   * What a consent chooses from
   */
  'GET /services/data-sharing/choices': {
    answer: {
      kinds: ('unemployment_months' | 'pension_months' | 'employments' | 'certificates' | 'benefits' | 'death')[]
      purposes: (
        'benefit_application' | 'relation_transfer' | 'subsidy_application' | 'eligibility_check' | 'fund_safety'
      )[]
      regions: string[]
      monthsMax: number
    }
  }
  /**
   * What was told of me, and what was taken in from elsewhere
   */
  'GET /services/data-sharing/shared': {
    answer: {
      told: {
        region: string
        question: string
        purpose: string
        kinds: string[]
        permission: string
        refused: string | null
        at: string
      }[]
      taken: {
        record: string
        reference: string
        region: string
        answer: string
        saidOn: string
      }[]
    }
  }
  /**
   * The lines of a comparison
   */
  'GET /services/data-sharing/comparisons/{caseId}/lines': {
    params: {
      caseId: string
    }
    answer: {
      lines: {
        line: number
        matches: boolean
      }[]
    }
  }
}
