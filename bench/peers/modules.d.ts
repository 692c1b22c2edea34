// What is used of the peers: they are installed by `npm run bench`, not with the product, and the types must hold without them.

declare module '@gorules/zen-engine' {
  /** Runs decision graphs. */
  export class ZenEngine {
    createDecision(graph: object): ZenDecision
  }
  interface ZenDecision {
    evaluate(input: unknown, options: { trace: boolean }): Promise<{ readonly result: unknown }>
  }
}

declare module 'json-rules-engine' {
  /** Runs rules made of conditions and events. */
  export class Engine {
    constructor(rules: readonly object[], options?: object)
    addFact(name: string, compute: (parameters: unknown, almanac: Almanac) => unknown): void
    run(facts: object): Promise<{ events: readonly RuleEvent[]; almanac: Almanac }>
  }
  interface Almanac {
    factValue(name: string): Promise<unknown>
  }
  interface RuleEvent {
    readonly type: string
    readonly params?: Readonly<Record<string, unknown>>
  }
}

declare module 'json-logic-engine' {
  /** Compiles JSON-logic to functions. */
  export class LogicEngine {
    addMethod(name: string, method: (operand: unknown) => number, options?: object): void
    build(logic: unknown): (data: unknown) => unknown
  }
}

declare module '@marcbachmann/cel-js' {
  /** Parses expressions of the Common Expression Language against declared variables. */
  export class Environment {
    constructor(options?: object)
    registerVariable(name: string, type: string): Environment
    registerConstant(name: string, type: string, value: unknown): Environment
    parse(expression: string): (variables: object) => unknown
  }
}
