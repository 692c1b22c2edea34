// Made by `npm run api-types` from the schemas of the server; do not edit.

export interface ServiceApi {
  /**
   * The rounds that are open, and what the form asks
   */
  'GET /services/senior-health-titles/review': {
    answer: {
      rounds: {
        roundId: string
        name: string
        closesOn: string
      }[]
      fields: {
        name: string
        kind: 'choice' | 'date' | 'text' | 'count' | 'flag'
        options?: string[]
        required?: boolean
        askedWhen?: {
          field: string
          is: string[]
        }
      }[]
      groups: string[]
      indicators: string[]
    }
  }
  /**
   * What the rule says to an application now; nothing is kept
   */
  'POST /services/senior-health-titles/review/preview': {
    body: {
      personId?: string
      answers: {
        staffKind: 'medical' | 'pharmacy' | 'nursing' | 'technology'
        tcm: boolean
        target: 'deputy_senior' | 'senior'
        currentTitle: 'none' | 'junior' | 'intermediate' | 'deputy_senior'
        yearsInTitle: number
        ethicsPassed: boolean
      }
    }
    answer: {
      /**
       * a ruling as a case keeps it
       */
      ruling: {
        [k: string]: unknown
      }
      /**
       * the register of each fact
       */
      sources: {
        [k: string]: string
      }
    }
  }
  /**
   * What the registers hold for an application, and the ruling on it
   */
  'GET /services/senior-health-titles/review/applications/{caseId}': {
    params: {
      caseId: string
    }
    answer: {
      /**
       * false: as the registers stand now; true: as they stood when it was checked
       */
      decided: boolean
      /**
       * what registers hold; answers are not among them
       */
      facts: {
        [k: string]: unknown
      }
      /**
       * a ruling as a case keeps it
       */
      ruling: {
        [k: string]: unknown
      }
    }
  }
  /**
   * What is before the public today; names are masked
   */
  'GET /services/senior-health-titles/review/publicity': {
    answer: {
      items: {
        lineId: string
        nameMasked: string
        unitName: string | null
        group: string
        told: {
          [k: string]: string | number | boolean
        }
        from: string
        until: string
      }[]
    }
  }
  /**
   * What I have said against results, and what was found
   */
  'GET /services/senior-health-titles/review/challenges': {
    answer: {
      items: {
        raisedAt: string
        outcome: ('unfounded' | 'founded') | null
      }[]
    }
  }
  /**
   * Say what stands against somebody before the public
   */
  'POST /services/senior-health-titles/review/challenges': {
    body: {
      lineId: string
      grounds: string
    }
    answer: {
      done: true
    }
  }
  /**
   * What I have to score, without names; only my own scores
   */
  'GET /services/senior-health-titles/review/desk': {
    answer: {
      seats: {
        roundId: string
        name: string
        group: string
        isOpen: boolean
        sheets: {
          code: string
          material: {
            [k: string]: unknown
          }
          /**
           * what you gave last
           */
          scores: {
            [k: string]: number
          } | null
          comment: string | null
        }[]
      }[]
    }
  }
  /**
   * Score an entry; nobody else sees it before all scores are in
   */
  'POST /services/senior-health-titles/review/rounds/{roundId}/entries/{code}/score': {
    params: {
      roundId: string
      code: string
    }
    body: {
      scores: {
        [k: string]: number
      }
      comment: string
    }
    answer: {
      /**
       * 0 to 10,000
       */
      points: number
    }
  }
  /**
   * Declare somebody whom I do not judge
   */
  'POST /services/senior-health-titles/review/bias': {
    body: {
      idNumber: string
      relation: 'spouse' | 'parent_or_child' | 'sibling' | 'other_relative' | 'teacher_or_student' | 'other'
    }
    answer: {
      done: true
    }
  }
  /**
   * Who may review here
   */
  'GET /services/senior-health-titles/review/experts': {
    answer: {
      items: {
        expertId: string
        personId: string
        name: string
        groups: string[]
        from: string
        endedOn: string | null
      }[]
    }
  }
  /**
   * Enter an expert
   */
  'POST /services/senior-health-titles/review/experts': {
    body: {
      personId: string
      /**
       * @minItems 1
       */
      groups: [string, ...string[]]
      from: string
    }
    answer: {
      expertId: string
    }
  }
  /**
   * End an expert’s entry
   */
  'POST /services/senior-health-titles/review/experts/end': {
    body: {
      expertId: string
      reason: string
    }
    answer: {
      done: true
    }
  }
  /**
   * How many scores each group still waits for; no score
   */
  'GET /services/senior-health-titles/review/rounds/{roundId}/missing': {
    params: {
      roundId: string
    }
    answer: {
      missing: {
        [k: string]: number
      }
      /**
       * who has to be replaced before the scores are opened
       */
      conflicted: {
        group: string
        expertId: string
      }[]
    }
  }
}
