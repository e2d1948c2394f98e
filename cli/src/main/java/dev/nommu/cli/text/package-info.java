/** Text for terminals and for files: colours, columns. */
@NullMarked
package dev.nommu.cli.text;

import org.jspecify.annotations.NullMarked;
