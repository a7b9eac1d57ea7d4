import type { Z3_context, Z3_solver, Z3LowLevel } from 'z3-solver';

/** A counterexample as the solver gives it: of each constant its value. What does not matter is not in it. */
export type Model = ReadonlyMap<string, boolean | number>;

export type Verdict = { readonly found: 'PROVEN' } | { readonly found: 'REFUTED'; readonly model: Model };

const UNSATISFIABLE = -1;
const SATISFIABLE = 1;

/**
 * Z3 as WebAssembly. It works in threads of its own, which keep the process alive until `end`.
 *
 * Scripts are read by `solver_from_string`, which returns when it has read them. `eval_smtlib2_string` is not used: it returns at once and
 * reads on in a thread, from memory that is overwritten meanwhile; of a long script it then answers something else.
 */
export class Solver {
  private constructor(
    private readonly lowLevel: Z3LowLevel,
    private readonly context: Z3_context,
    private readonly killThreads: (em: Z3LowLevel['em']) => Promise<unknown>,
  ) {}

  /** Loads 35 MB of WebAssembly: only whoever proves something does. */
  static async start(): Promise<Solver> {
    const z3 = await import('z3-solver');
    const lowLevel = await z3.init();
    const { Z3 } = lowLevel;
    const config = Z3.mk_config();
    const context = Z3.mk_context_rc(config);
    Z3.del_config(config);
    return new Solver(lowLevel, context, z3.killThreads);
  }

  async end(): Promise<void> {
    this.lowLevel.Z3.del_context(this.context);
    await this.killThreads(this.lowLevel.em);
  }

  /**
   * Is there nothing that satisfies this script (SMT-LIB 2.6, declarations and assertions)?
   * @throws Error where the solver does not understand the script, or does not come to an end. One question at a time.
   */
  async refute(script: string): Promise<Verdict> {
    const { Z3 } = this.lowLevel;
    const { context } = this;
    const solver = Z3.mk_solver(context);
    Z3.solver_inc_ref(context, solver);
    try {
      Z3.solver_from_string(context, solver, script);
      const code = Z3.get_error_code(context);
      if (Number(code) !== 0) throw new Error(`the solver refuses the script: ${Z3.get_error_msg(context, code)}`);
      const said = await Z3.solver_check(context, solver);
      if (Number(said) === UNSATISFIABLE) return { found: 'PROVEN' };
      if (Number(said) === SATISFIABLE) return { found: 'REFUTED', model: this.modelOf(solver) };
      throw new Error(`the solver does not know: ${Z3.solver_get_reason_unknown(context, solver)}`);
    } finally {
      Z3.solver_dec_ref(context, solver);
    }
  }

  private modelOf(solver: Z3_solver): Model {
    const { Z3 } = this.lowLevel;
    const { context } = this;
    const found = Z3.solver_get_model(context, solver);
    Z3.model_inc_ref(context, found);
    const model = new Map<string, boolean | number>();
    for (let at = 0; at < Z3.model_get_num_consts(context, found); at += 1) {
      const constant = Z3.model_get_const_decl(context, found, at);
      const value = Z3.model_get_const_interp(context, found, constant);
      const spelt = value === null ? '' : Z3.ast_to_string(context, value);
      const name = Z3.get_symbol_string(context, Z3.get_decl_name(context, constant));
      model.set(name, spelt === 'true' || (spelt === 'false' ? false : Number(spelt)));
    }
    Z3.model_dec_ref(context, found);
    return model;
  }
}
