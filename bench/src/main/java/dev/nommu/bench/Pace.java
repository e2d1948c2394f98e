package dev.nommu.bench;

import dev.nommu.bench.goal.WarmUp;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** How long each benchmark runs. */
enum Pace {
  /** Once, in this JVM and with few live mappings, to check that it runs at all. */
  SMOKE {
    @Override
    void set(ChainedOptionsBuilder options, WarmUp warmUp) {
      options
          .forks(0)
          .mode(Mode.SingleShotTime)
          .warmupIterations(0)
          .measurementIterations(1)
          .param("mappings", "10", "1000");
    }
  },
  /**
   * All of them in two and a half minutes, growth only at its two extremes. Many short iterations:
   * the error of three is eighteen times their deviation, that of ten one and a half times.
   */
  QUICK {
    @Override
    void set(ChainedOptionsBuilder options, WarmUp warmUp) {
      options
          .forks(1)
          .warmupIterations(warmUp.iterations(3))
          .warmupTime(TimeValue.milliseconds(250))
          .measurementIterations(10)
          .measurementTime(TimeValue.milliseconds(30))
          .param("mappings", "10", "1000000");
    }
  },
  /** All of them in a quarter of an hour. */
  FULL {
    @Override
    void set(ChainedOptionsBuilder options, WarmUp warmUp) {
      options
          .forks(2)
          .warmupIterations(warmUp.iterations(5))
          .warmupTime(TimeValue.milliseconds(500))
          .measurementIterations(10)
          .measurementTime(TimeValue.milliseconds(300));
    }
  };

  /** Sets the number of forks, and the number and length of iterations. */
  abstract void set(ChainedOptionsBuilder options, WarmUp warmUp);
}
