/** The plugins of a machine as options choose them, and {@code nommu plugin}, which lists them. */
@NullMarked
package dev.nommu.cli.plugin;

import org.jspecify.annotations.NullMarked;
