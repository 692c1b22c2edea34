// Made by `npm run api-types` from the schemas of the server; do not edit.

export interface ServiceApi {
  /**
   * Guides for the public, one for each matter
   */
  'GET /services/village-counter/guides': {
    answer: {
      items: {
        matter:
          | 'registration'
          | 'level_change'
          | 'benefit_claim'
          | 'certification'
          | 'transfer'
          | 'cancellation'
          | 'statement'
        /**
         * the detail that the matter cannot do without
         */
        needs: string | null
        steps: {
          title: {
            zh: string
            en: string
          }
          by: string[]
        }[]
        reviewWorkingDays: number
        /**
         * values of the rule, with their unit in the words
         */
        limits: {
          name: string
          value: number
        }[]
      }[]
    }
  }
  /**
   * The manual of a matter: its guide, and the control rules to look at
   */
  'GET /services/village-counter/manuals/{matter}': {
    params: {
      matter:
        'registration' | 'level_change' | 'benefit_claim' | 'certification' | 'transfer' | 'cancellation' | 'statement'
    }
    answer: {
      guide: {
        matter:
          | 'registration'
          | 'level_change'
          | 'benefit_claim'
          | 'certification'
          | 'transfer'
          | 'cancellation'
          | 'statement'
        /**
         * the detail that the matter cannot do without
         */
        needs: string | null
        steps: {
          title: {
            zh: string
            en: string
          }
          by: string[]
        }[]
        reviewWorkingDays: number
        /**
         * values of the rule, with their unit in the words
         */
        limits: {
          name: string
          value: number
        }[]
      }
      rules: {
        code: string
        level: string
        by: string
        name: {
          zh: string
          en: string
        }
      }[]
    }
  }
  /**
   * Counters; the nearest first where a place is given, in millionths of a degree
   */
  'GET /services/village-counter/counters': {
    query: {
      longitudeE6?: number
      latitudeE6?: number
    }
    answer: {
      radiusMetres: number
      items: {
        counterId: string
        code: string
        name: string
        isStation: boolean
        distanceMetres: number | null
        isWithinCircle: boolean | null
      }[]
    }
  }
  /**
   * Who lives within the circle of a counter
   */
  'GET /services/village-counter/coverage': {
    answer: {
      radiusMetres: number
      residents: number
      covered: number
      sharePpm: number
      outside: {
        code: string
        name: string
        residents: number
      }[]
    }
  }
  /**
   * Matters accepted by counter and kind, and how much faster than before
   */
  'GET /services/village-counter/figures': {
    query: {
      from?: string
      to?: string
    }
    answer: {
      from: string
      to: string
      counters: {
        counter: string
        name: string | null
        accepted: number
        byMatter: {
          [k: string]: number
        }
      }[]
      matters: {
        matter:
          | 'registration'
          | 'level_change'
          | 'benefit_claim'
          | 'certification'
          | 'transfer'
          | 'cancellation'
          | 'statement'
        accepted: number
        done: number
        /**
         * tenths of a working day
         */
        averageTenths: number | null
        baselineDays: number
        /**
         * tenths of a working day
         */
        shortenedTenths: number | null
      }[]
    }
  }
  /**
   * Record a visit of the campaign
   */
  'POST /services/village-counter/visits': {
    body: {
      kind: 'village_talk' | 'market' | 'home_visit' | 'festival_visit'
      onDay: string
      place: string
      reached: number
      topic: 'how_to_do_it' | 'where_to_do_it'
    }
    answer: {
      visitId: string
    }
  }
  /**
   * Visits of the campaign, the newest first
   */
  'GET /services/village-counter/visits': {
    answer: {
      items: {
        kind: 'village_talk' | 'market' | 'home_visit' | 'festival_visit'
        onDay: string
        place: string
        reached: number
        topic: 'how_to_do_it' | 'where_to_do_it'
        region: string
      }[]
      reached: number
    }
  }
}
