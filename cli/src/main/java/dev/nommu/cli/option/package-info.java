/** How commands read their arguments. */
@NullMarked
package dev.nommu.cli.option;

import org.jspecify.annotations.NullMarked;
