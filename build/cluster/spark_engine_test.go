//go:build cluster

package cluster

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// sparkHome installs Spark and returns its folder, and sets the environment for it.
func sparkHome(t *testing.T) string {
	t.Helper()
	folder := installed(t, "spark")
	python := filepath.Join(folder, "venv", "bin", "python")
	if _, err := os.Stat(filepath.Join(folder, "done")); err != nil {
		run(t, folder, "python3", "-m", "venv", "venv")
		run(t, folder, python, "-m", "pip", "install", "-q", "pyspark==4.3.0")
		if err := os.WriteFile(filepath.Join(folder, "done"), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	home := strings.TrimSpace(run(t, folder, python, "-c", "import os, pyspark; print(os.path.dirname(pyspark.__file__))"))
	t.Setenv("SPARK_HOME", home)
	t.Setenv("SPARK_LOCAL_IP", "127.0.0.1")
	return home
}

// sparkDefaults gives Spark the lines of its configuration.
func sparkDefaults(t *testing.T, lines string) {
	t.Helper()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "spark-defaults.conf"), []byte(lines), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv("SPARK_CONF_DIR", folder)
}

// engine is a Spark of a master and two workers.
type engine struct{ master, submit string }

// sparkCluster starts one, whose executors have that much memory each.
func sparkCluster(t *testing.T, memory string) engine {
	t.Helper()
	home := sparkHome(t)
	scratch := t.TempDir()
	sparkDefaults(t, "spark.executor.memory "+memory+"\nspark.driver.memory 1g\nspark.sql.shuffle.partitions 16\nspark.ui.enabled false\nspark.local.dir "+scratch+"\n")
	class := filepath.Join(home, "bin", "spark-class")
	at := port(t)
	env := []string{"SPARK_NO_DAEMONIZE=1", "SPARK_DAEMON_MEMORY=512m"}
	master := start(t, scratch, env, class, "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", fmt.Sprint(at), "--webui-port", fmt.Sprint(port(t)))
	address := fmt.Sprintf("spark://127.0.0.1:%d", at)
	master.says(t, "Starting Spark master", 5*time.Minute)
	for range 2 {
		worker := start(t, scratch, env, class, "org.apache.spark.deploy.worker.Worker", "--cores", "1", "--memory", memory, "--webui-port", fmt.Sprint(port(t)), address)
		worker.says(t, "Successfully registered with master", 5*time.Minute)
	}
	return engine{address, filepath.Join(home, "bin", "spark-sql")}
}
