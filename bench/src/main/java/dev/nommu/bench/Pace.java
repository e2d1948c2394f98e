package dev.nommu.bench;

import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** How long each benchmark is run. */
enum Pace {
  /** Once, in this JVM and with few mappings alive, to see whether it runs at all. */
  SMOKE {
    @Override
    void set(ChainedOptionsBuilder options) {
      options
          .forks(0)
          .mode(Mode.SingleShotTime)
          .warmupIterations(0)
          .measurementIterations(1)
          .param("mappings", "10", "1000");
    }
  },
  /** All of them in about three minutes. */
  QUICK {
    @Override
    void set(ChainedOptionsBuilder options) {
      options
          .forks(1)
          .warmupIterations(3)
          .warmupTime(TimeValue.milliseconds(250))
          .measurementIterations(3)
          .measurementTime(TimeValue.milliseconds(250));
    }
  },
  /** All of them in half an hour or more. */
  FULL {
    @Override
    void set(ChainedOptionsBuilder options) {
      options
          .forks(2)
          .warmupIterations(4)
          .warmupTime(TimeValue.seconds(1))
          .measurementIterations(5)
          .measurementTime(TimeValue.milliseconds(800));
    }
  };

  /** Sets forks, and number and length of iterations. */
  abstract void set(ChainedOptionsBuilder options);
}
