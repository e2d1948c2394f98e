package dev.nommu.scenario;

import java.util.Optional;

/** Reads the step of one line. */
final class StepParser {
  private final TokenStream tokens;
  private final Scope scope;
  private final ExpressionParser expressions;
  private final int line;

  /**
   * Creates a parser.
   *
   * @param scope the names known at this line; updated by the step
   * @param line the number of the line, starting at 1
   */
  StepParser(TokenStream tokens, Scope scope, int line) {
    this.tokens = tokens;
    this.scope = scope;
    this.expressions = new ExpressionParser(tokens, scope);
    this.line = line;
  }

  /** Reads the step, to the end of the line. */
  Step step() throws ScenarioException {
    Token second = tokens.peekSecond();
    Step step;
    if (TokenStream.isSign(second, ":")) {
      step = foreground(idleOrBusyProcess());
    } else if (TokenStream.isSign(second, "&")) {
      step = background(idle(idleOrBusyProcess()));
    } else if (isWord(tokens.peek(), "proc") && second instanceof Token.Word) {
      step = spawn();
    } else {
      step = run(Step.MAIN);
    }
    if (!isEnd(tokens.peek())) {
      throw tokens.error("the end of the line");
    }
    return step;
  }

  /** Returns whether the step ends here: a stated result is read elsewhere. */
  private static boolean isEnd(Token token) {
    return token instanceof Token.End || token instanceof Token.Result;
  }

  private Step spawn() throws ScenarioException {
    tokens.take();
    Token.Word name = word("a name for the process");
    boolean lives =
        switch (scope.process(name.name()).orElse(new Scope.Ended(line))) {
          case Scope.Idle _, Scope.Busy _ -> true;
          case Scope.Ended _ -> false;
        };
    if (lives) {
      throw tokens.error(name, "a new name for the process", name.name() + ", which is running");
    }
    scope.set(name.name(), new Scope.Idle());
    return new Step.Spawn(name.name());
  }

  /** Reads {@code b:} or {@code b&}, where b is a process that has not ended. */
  private Token.Word idleOrBusyProcess() throws ScenarioException {
    Token.Word name = word("a process");
    tokens.take();
    Optional<Scope.Activity> activity = scope.process(name.name());
    if (activity.isEmpty()) {
      ScenarioException error =
          tokens.error(name, "a process made by proc on an earlier line", name.name());
      throw Spelling.nearest(name.name(), scope.processes()).map(error::suggesting).orElse(error);
    }
    if (activity.get() instanceof Scope.Ended(int end)) {
      throw tokens.error(
          name, "a process that is running", name.name() + ", which ended on line " + end);
    }
    return name;
  }

  private String idle(Token.Word process) throws ScenarioException {
    if (scope.process(process.name()).orElseThrow() instanceof Scope.Busy(int start, var _)) {
      throw tokens.error(
          process,
          "a process that is not in a step",
          process.name() + ", whose step of line " + start + " must be waited for by join");
    }
    return process.name();
  }

  private Step foreground(Token.Word process) throws ScenarioException {
    if (isWord(tokens.peek(), "join")) {
      return join(process);
    }
    if (isWord(tokens.peek(), "exit")) {
      return exit(idle(process));
    }
    return run(idle(process));
  }

  private Step join(Token.Word process) throws ScenarioException {
    tokens.take();
    if (!(scope.process(process.name()).orElseThrow() instanceof Scope.Busy busy)) {
      throw tokens.error(
          process, "a process with a step started by &", process.name() + ", which has none");
    }
    busy.variable().ifPresent(scope::setVariable);
    scope.set(process.name(), new Scope.Idle());
    return new Step.Join(process.name());
  }

  private Step exit(String process) throws ScenarioException {
    Token exit = tokens.take();
    if (process.equals(Step.MAIN)) {
      throw tokens.error(exit, "a call", "exit, but main stays to the end");
    }
    Expression.Numeric status = new Expression.Constant(0);
    if (tokens.takeIf("(")) {
      status = expressions.number();
      tokens.expect(")", "after the status");
    }
    scope.set(process, new Scope.Ended(line));
    return new Step.Exit(process, status);
  }

  private Step run(String process) throws ScenarioException {
    Optional<String> variable = variable();
    Step step =
        new Step.Run(process, variable, new InvocationParser(tokens, expressions).invocation());
    variable.ifPresent(scope::setVariable);
    return step;
  }

  private Step background(String process) throws ScenarioException {
    Optional<String> variable = variable();
    Step step =
        new Step.Start(process, variable, new InvocationParser(tokens, expressions).invocation());
    scope.set(process, new Scope.Busy(line, variable));
    return step;
  }

  private Optional<String> variable() throws ScenarioException {
    if (!TokenStream.isSign(tokens.peekSecond(), "=")) {
      return Optional.empty();
    }
    Token.Word name = word("a variable before =");
    if (scope.vocabulary().constant(name.name()).isPresent()) {
      throw tokens.error(name, "a variable before =", name.name() + ", which is a constant");
    }
    tokens.take();
    return Optional.of(name.name());
  }

  private Token.Word word(String expected) throws ScenarioException {
    return switch (tokens.peek()) {
      case Token.Word word -> {
        tokens.take();
        yield word;
      }
      case Token.Digits _, Token.Quoted _, Token.Sign _, Token.Result _, Token.End _ ->
          throw tokens.error(expected);
    };
  }

  private static boolean isWord(Token token, String name) {
    return token instanceof Token.Word word && word.name().equals(name);
  }
}
